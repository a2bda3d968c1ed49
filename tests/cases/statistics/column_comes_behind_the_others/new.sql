create table addresses (id integer primary key, postcode text not null);
