create table book (
    id bigint primary key
);

grant select on book to "App Reader";
