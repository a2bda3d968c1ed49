-- People who plan and log meals.

create table account (
    id bigint generated always as identity primary key,
    email email not null unique,
    display_name text not null,
    goal goal not null default 'keep',
    created_at timestamptz not null default now(),
    daily_energy_kcal integer,
    birth_year smallint,
    updated_at timestamptz not null default now(),
    constraint account_display_name_given check (display_name <> ''),
    constraint account_energy_sane check (daily_energy_kcal between 500 and 10000)
);

create function set_updated_at() returns trigger
    language plpgsql
    as $$
begin
    new.updated_at := now();
    return new;
end;
$$;

create trigger account_updated_at before update on account
    for each row
    when (old.* is distinct from new.*)
    execute function set_updated_at();

-- The application sets `meals.account_id` at the start of each transaction.
create function current_account_id() returns bigint
    language sql stable parallel safe
    return nullif(current_setting('meals.account_id', true), '')::bigint;

comment on table account is 'people who plan and log meals';
comment on column account.daily_energy_kcal is 'what they aim at; null means no aim';
comment on function current_account_id() is 'whom the application acts for; null outside a request';
