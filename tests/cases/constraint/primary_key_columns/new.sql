create table loan_item (
    loan_id bigint not null,
    copy_id bigint not null,
    position integer not null,
    primary key (loan_id, position)
);
