create table feature (
    id bigint primary key,
    enabled integer
);

create table snapshot (
    taken_at timestamptz primary key,
    features feature[]
);
