create sequence invoice_number_seq;

create sequence receipt_number_seq start with 1000;
