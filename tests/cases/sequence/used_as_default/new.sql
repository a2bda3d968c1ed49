create sequence member_number_seq start with 5000;

create table member (
    id bigint primary key,
    number bigint not null default nextval('member_number_seq')
);
