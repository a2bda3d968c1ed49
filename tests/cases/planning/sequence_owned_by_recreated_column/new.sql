create table visit (
    id bigint primary key
);

create table entry (
    id bigint primary key,
    number integer not null
);

create sequence visit_number_seq as integer owned by entry.number;

alter table entry alter column number set default nextval('visit_number_seq');
