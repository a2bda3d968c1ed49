create table stamped (
    created_at timestamptz default now(),
    author text
);

create table note (
    body text
) inherits (stamped);
