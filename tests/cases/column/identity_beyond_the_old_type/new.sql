create table book (id bigint generated always as identity (maxvalue 9999999999));
