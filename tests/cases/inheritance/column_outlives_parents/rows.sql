insert into book (title, shelf, pages) values ('Sinuhe', 3, 800);
