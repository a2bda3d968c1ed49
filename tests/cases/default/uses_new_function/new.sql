create function default_due_date() returns date
    language sql stable
    return current_date + 28;

create table loan (
    id bigint primary key,
    due_on date not null default default_due_date()
);
