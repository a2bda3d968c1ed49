create sequence small_seq as smallint;

create sequence wide_seq as integer maxvalue 500;
