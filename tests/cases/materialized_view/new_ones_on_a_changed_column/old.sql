CREATE TABLE customer (id integer, code integer);
