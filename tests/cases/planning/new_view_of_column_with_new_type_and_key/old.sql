create table book (
    id integer,
    owner text,
    title text
);

create view mine as
select id from book where owner = 'me';
