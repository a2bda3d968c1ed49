insert into book default values;
