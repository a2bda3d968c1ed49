insert into food values ('bread', 250, 'white');
insert into menu values ('2026-01-05', array[row('bread', 250, null)::food]);
