create table scan (
    id bigint primary key,
    text_layer text compression pglz,
    notes text
);
