create sequence countdown_seq
    increment by -1
    minvalue 1
    maxvalue 100
    start with 100;
