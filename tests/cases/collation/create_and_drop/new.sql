create collation by_byte (locale = 'C');

comment on collation by_byte is 'as memcmp orders';

create table book (
    id bigint primary key,
    title text collate by_byte
);
