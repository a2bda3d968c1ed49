-- Who changed what. Rows are written by triggers and never changed.

create schema audit;

create table audit.change (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    done_by name not null default session_user,
    table_name text not null,
    operation text not null,
    before jsonb,
    after jsonb,
    constraint change_operation_known check (operation in ('INSERT', 'UPDATE', 'DELETE'))
) with (fillfactor = 100);

create index change_happened_at_idx on audit.change using brin (happened_at);

-- Runs as its owner, so that the application cannot write the log by itself.
create function audit.record_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
    as $$
begin
    insert into audit.change (table_name, operation, before, after)
    values (
        tg_table_schema || '.' || tg_table_name,
        tg_op,
        case when tg_op <> 'INSERT' then to_jsonb(old) end,
        case when tg_op <> 'DELETE' then to_jsonb(new) end
    );
    return null;
end;
$$;

create trigger food_audit after insert or update or delete on public.food
    for each row execute function audit.record_change();

create trigger food_nutrient_audit after insert or update or delete on public.food_nutrient
    for each row execute function audit.record_change();

create trigger account_audit after update of email, goal or delete on public.account
    for each row execute function audit.record_change();

-- Nothing is ever taken out of the log.
create rule change_kept as on delete to audit.change
    do instead nothing;

comment on schema audit is 'who changed what';
comment on table audit.change is 'written by triggers, never changed';
comment on trigger account_audit on public.account is 'not the sessions, only what matters';
