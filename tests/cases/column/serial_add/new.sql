create table visit (
    reader text not null,
    id bigserial primary key
);
