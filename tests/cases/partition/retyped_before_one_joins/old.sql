create table sale (id int not null, amount bigint) partition by range (id);
create table first_sale (id int not null, amount int);
create view first_sales as select * from first_sale;
