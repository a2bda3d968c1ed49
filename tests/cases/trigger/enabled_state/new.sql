create table book (
    id bigint primary key
);

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger book_a before insert on book for each row execute function touch();

create trigger book_b before insert on book for each row execute function touch();

create trigger book_c before insert on book for each row execute function touch();

alter table book enable replica trigger book_b;

alter table book disable trigger book_c;
