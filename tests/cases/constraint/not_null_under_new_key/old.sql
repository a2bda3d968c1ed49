create table copy (
    barcode text,
    book_id bigint
);
