create table reader (mail text primary key);
