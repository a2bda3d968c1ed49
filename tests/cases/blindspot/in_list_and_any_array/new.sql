create table book (
    id bigint,
    state text constraint book_state_check check (state = any (array['new', 'read'])),
    title text
);

create index book_open_idx on book (id) where (state = any (array['new'::text, 'read'::text]));
