create table document (
    id bigint,
    constraint document_id_check check (id > 0)
);
