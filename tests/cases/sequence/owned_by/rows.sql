insert into parcel values (1, 100), (2, 101);
