create sequence ticket_number_seq
    start with 100
    increment by 5
    minvalue 10
    maxvalue 9999
    cache 20
    cycle;
