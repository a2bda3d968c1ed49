create table category (
    id bigint primary key,
    parent_id bigint references category on delete cascade
);
