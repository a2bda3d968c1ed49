create table ledger (
    id bigint primary key
);

alter table ledger owner to app_owner;
