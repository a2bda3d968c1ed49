create table stamped (
    created_at timestamptz default now()
);

create table note (
    body text,
    author text
) inherits (stamped);
