create table book (
    id bigserial primary key
);

create index book_id_idx on book (id desc);

alter table book owner to app_owner;
