insert into entry values (2, 1.25);
