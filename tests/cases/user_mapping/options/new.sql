CREATE EXTENSION postgres_fdw;
CREATE SERVER "The Supplier" FOREIGN DATA WRAPPER postgres_fdw;
CREATE USER MAPPING FOR PUBLIC SERVER "The Supplier" OPTIONS (user 'guest', sslkey 'guest.key');
