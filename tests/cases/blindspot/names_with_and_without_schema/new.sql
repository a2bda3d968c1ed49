set search_path = public;

create function is_mine(name character varying) returns bool language sql immutable return name = 'me';

create table book (
    id integer,
    owner character varying(20) constraint book_owner_check check (is_mine(owner)),
    title text
);

create policy mine on book using (is_mine(owner) and exists (select from book));

create view mine as select b.id from book as b where is_mine(b.owner);
