insert into address values ('Elm Street', '12345');
insert into parcel values (1, array[row('Elm Street', '12345')::address]);
