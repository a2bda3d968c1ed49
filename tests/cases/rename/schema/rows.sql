insert into shop.item (size) values ('l'), ('s');
