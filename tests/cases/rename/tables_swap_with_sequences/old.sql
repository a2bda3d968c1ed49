create table cur (id bigint generated always as identity primary key, n bigserial, a text);
create table old (id bigint generated always as identity primary key, n bigserial, a text, b text);
