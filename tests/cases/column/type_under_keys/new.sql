create table author (
    id bigint constraint author_pk primary key,
    rank bigint not null,
    constraint author_rank unique (rank),
    constraint author_rank_positive check (rank > 0),
    constraint author_one_rank exclude using btree (rank with =)
);

create table book (
    id bigint primary key,
    author_id bigint not null,
    sequel_of bigint,
    constraint book_author foreign key (author_id) references author deferrable initially deferred,
    constraint book_sequel foreign key (sequel_of) references book on delete set null
);

create index book_author on book (author_id) with (fillfactor = 70);

comment on constraint author_pk on author is 'who';
comment on index author_pk is 'who, sorted';
comment on constraint author_rank_positive on author is 'from one';
comment on constraint book_author on book is 'by whom';
comment on index book_author is 'by whom, sorted';

alter table author replica identity using index author_rank;
alter table author cluster on author_rank;
