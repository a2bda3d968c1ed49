create sequence movement_seq;

create table inbound (
    id bigint primary key default nextval('movement_seq')
);

create table outbound (
    id bigint primary key default nextval('movement_seq')
);
