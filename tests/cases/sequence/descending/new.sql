create sequence countdown_seq
    increment by -2
    minvalue -100
    maxvalue 200
    start with 200;
