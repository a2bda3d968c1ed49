create collation by_bytes (locale = 'C');
comment on collation by_bytes is 'the order of the card index';
create table author (name text collate by_bytes not null);
