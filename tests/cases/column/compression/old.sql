create table scan (
    id bigint primary key,
    text_layer text,
    notes text compression pglz
);
