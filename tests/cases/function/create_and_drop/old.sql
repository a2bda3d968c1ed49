create table book (
    id bigint primary key
);

create function goodbye() returns text
    language sql immutable
    as 'select ''bye''';
