create table copy (
    barcode text primary key,
    book_id bigint
);
