create sequence small_seq as integer;

create sequence wide_seq as bigint maxvalue 500;
