insert into parcel values (1, 100);
