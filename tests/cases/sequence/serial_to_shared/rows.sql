insert into inbound values (1), (3);

insert into outbound values (2);
