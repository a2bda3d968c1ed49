create sequence book_id_seq as integer;

create table book (
    id integer default nextval('book_id_seq') not null,
    title text,
    constraint book_pkey primary key (id)
);

alter sequence book_id_seq owned by book.id;
