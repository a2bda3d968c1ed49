create table book (
    id bigint primary key,
    title text
);

grant select on book to app_writer with grant option;
grant update (title) on book to app_writer with grant option;
