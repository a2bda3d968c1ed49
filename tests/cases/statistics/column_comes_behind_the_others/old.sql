create table addresses (id integer primary key, city text not null, postcode text not null);

create statistics addresses_place on city, postcode from addresses;
