create table word (
    id bigint primary key,
    spelling text,
    doc jsonb
);

create index word_spelling_idx on word (spelling);

create index word_doc_idx on word using gin (doc);
