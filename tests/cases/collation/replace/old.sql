create collation shelf_order (provider = icu, locale = 'en-u-kn-true');
create table book (shelfmark text collate shelf_order primary key);
create index book_upper_idx on book (upper(shelfmark));
