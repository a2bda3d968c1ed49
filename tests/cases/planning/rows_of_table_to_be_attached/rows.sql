insert into sale_1 values (1, 2); insert into report values (array[row(1, 2)::sale_1], array[row(3, 4)::sale]);
