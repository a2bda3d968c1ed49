create table addresses (id integer primary key, city text not null, postcode bigint not null);

create statistics addresses_place on city, postcode from addresses;

alter statistics addresses_place set statistics 500;

comment on statistics addresses_place is 'they go together';

create statistics addresses_sum on (id + postcode) from addresses;
