create table book (
    id bigint primary key
);

grant select on book to app_reader;

alter table book owner to app_admin;
