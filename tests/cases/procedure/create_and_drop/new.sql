create table visit (
    id bigint primary key,
    reader text
);

create procedure forget_all()
    language plpgsql
    as $$
begin
    delete from visit;
    commit;
end;
$$;
