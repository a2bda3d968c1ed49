create table book (
    id bigint primary key,
    title text
);

create function insert_book() returns trigger
    language plpgsql
    as $$
begin
    insert into book values (new.id, new.title);
    return new;
end;
$$;

create view book_view as
    select title, id from book;

comment on view book_view is 'for the front desk';

comment on column book_view.title is 'as printed';

alter view book_view alter column title set default 'untitled';

create trigger book_view_insert instead of insert on book_view
    for each row execute function insert_book();

create rule book_view_delete as on delete to book_view
    do instead delete from book where book.id = old.id;

alter view book_view owner to app_owner;

grant select on book_view to app_reader with grant option;

grant update (title) on book_view to app_reader;
