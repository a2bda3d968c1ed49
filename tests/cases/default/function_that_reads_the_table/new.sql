create table shop (
    id bigint primary key
);

create table counter (
    id bigint primary key,
    position bigint not null
);

create function next_position() returns bigint
    language sql stable
    return (select coalesce(max(position), 0) + 1 from counter);

alter table counter alter column position set default next_position();
