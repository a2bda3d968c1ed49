create table visit (
    reader text not null
);
