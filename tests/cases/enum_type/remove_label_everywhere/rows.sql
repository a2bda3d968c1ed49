insert into loan values (1, 'out', '{reserved,out}'), (2, 'returned', '{reserved,out,returned}');
