create table shop (
    id bigint primary key
);

create table word (
    spelling text not null,
    added_at timestamptz not null
) partition by range (lower(spelling) collate "C" text_pattern_ops);

create table word_a_to_m partition of word for values from (minvalue) to ('n');

create table word_n_to_z partition of word for values from ('n') to (maxvalue);
