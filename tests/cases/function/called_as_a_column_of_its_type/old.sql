create type address as (street text, zip varchar(5));

create table person (id integer, home address);

create function zip(place address) returns text language sql immutable as 'select (place).zip';

create index person_zip on person (zip(home));
