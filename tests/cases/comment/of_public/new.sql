create table book (
    id bigint primary key
);

comment on schema public is 'where the shop keeps its tables';
