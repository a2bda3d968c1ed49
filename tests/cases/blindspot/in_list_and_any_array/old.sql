create table book (
    id bigint,
    state text constraint book_state_check check (state in ('new', 'read'))
);

create index book_open_idx on book (id) where state in ('new', 'read');
