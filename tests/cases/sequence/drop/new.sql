create sequence invoice_number_seq;
