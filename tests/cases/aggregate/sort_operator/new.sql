create aggregate smallest(integer) (
    sfunc = int4smaller,
    stype = integer,
    sortop = <
);

comment on aggregate smallest(integer) is 'like min';
