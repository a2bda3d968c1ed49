create table inbound (
    id bigserial primary key
);

create table outbound (
    id bigserial primary key
);
