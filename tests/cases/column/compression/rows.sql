insert into scan values (1, 'once upon', null);
