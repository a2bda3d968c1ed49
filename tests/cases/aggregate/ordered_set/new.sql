create table word (
    spelling text
);

create aggregate my_percentile(float8 order by anyelement) (
    sfunc = ordered_set_transition,
    stype = internal,
    finalfunc = percentile_disc_final,
    finalfunc_extra
);

create aggregate my_rank(variadic "any" order by variadic "any") (
    sfunc = ordered_set_transition_multi,
    stype = internal,
    finalfunc = rank_final,
    finalfunc_extra,
    hypothetical
);
