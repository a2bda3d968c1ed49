create table book (
    id bigint primary key
);

alter default privileges revoke execute on functions from public;

alter default privileges revoke usage on types from public;
