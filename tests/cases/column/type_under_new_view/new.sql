create table job (
    id int primary key,
    config jsonb
);

create view job_gpu as select id from job where config ? 'gpu';
create materialized view job_kind as select id, config ->> 'kind' as kind from job;
