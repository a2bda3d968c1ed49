insert into book (title, shelf, loans, pages) values ('Emma', 3, 4, 512);
insert into film (title, shelf, loans) values ('Metropolis', 5, 6);
insert into short_film (title, shelf, loans) values ('Duck Amuck', 7, 8);
