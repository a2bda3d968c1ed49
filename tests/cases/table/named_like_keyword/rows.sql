insert into "user" values (1, 'a');

insert into "group" values (1);
