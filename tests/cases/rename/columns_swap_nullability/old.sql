create table person (given text not null, family text);
