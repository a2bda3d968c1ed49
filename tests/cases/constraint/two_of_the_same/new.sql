create table pair (
    a int,
    b int,
    c int
);

alter table pair add constraint pair_key unique (a, b) include (c);
alter table pair add constraint pair_key_again unique (a, b) include (c);
