insert into word values ('momo'), ('heidi');
