create table word (
    id bigint primary key,
    spelling text,
    doc jsonb
);

create index word_spelling_idx on word (spelling collate "C" text_pattern_ops);

create index word_doc_idx on word using gin (doc jsonb_path_ops);
