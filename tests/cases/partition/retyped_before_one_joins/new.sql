create table sale (id int not null, amount int) partition by range (id);
create table first_sale partition of sale for values from (0) to (10);
create view first_sales as select * from first_sale;
