insert into food values ('bread'), ('jam');
insert into menu values ('2026-01-05', array[row('bread')::food]);
