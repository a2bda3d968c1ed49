insert into address values ('Elm Street', '5a');
insert into parcel values (1, ('Elm Street', '5a'), array[('"Old" Road, North', null)::address]);
