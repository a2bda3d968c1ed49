create function longer(state text, value text) returns text
    language sql immutable
    return case when length(value) > length(coalesce(state, '')) then value else state end;

create aggregate longest(text) (
    sfunc = longer,
    stype = text,
    combinefunc = longer,
    sspace = 64,
    initcond = '',
    parallel = safe
);

create table word (
    spelling text
);

create view longest_word as
    select longest(spelling) as spelling from word;
