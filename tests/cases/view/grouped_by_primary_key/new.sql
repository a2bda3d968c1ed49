create table loan (
    id bigint primary key,
    book_id bigint
);

create table book (
    id bigint,
    title text,
    edition integer not null default 1,
    constraint book_pkey primary key (id) include (title)
);

create view loan_count as
    select book.id, book.title, count(loan.id) as loans
    from book left join loan on loan.book_id = book.id
    group by book.id;
