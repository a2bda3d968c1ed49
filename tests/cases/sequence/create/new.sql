create table invoice (
    number bigint primary key
);

create sequence invoice_number_seq;
