create access method heap_two type table handler heap_tableam_handler;

create table measurement (
    id bigint primary key,
    value numeric
);
