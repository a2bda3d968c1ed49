create type loan_state as enum ('out', 'returned');

create function isbn_valid(value text) returns boolean
    language sql immutable
    return length(value) in (10, 13);

create domain isbn as text check (isbn_valid(value));

create table book (
    id bigint generated always as identity primary key,
    isbn isbn unique,
    title text not null
);

create table loan (
    id bigint generated always as identity primary key,
    book_id bigint not null references book,
    state loan_state not null default 'out',
    lent_on date not null default current_date
);

create function days_out(loan) returns integer
    language sql stable
    return current_date - $1.lent_on;

create view open_loan as
    select loan.id, book.title, days_out(loan) as days
    from loan join book on book.id = loan.book_id
    where loan.state = 'out';
