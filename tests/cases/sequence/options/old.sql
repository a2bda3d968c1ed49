create sequence ticket_number_seq;
