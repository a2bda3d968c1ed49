create collation de (locale = 'C');
create table t (a text collate de);
