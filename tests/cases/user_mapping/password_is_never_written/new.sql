CREATE EXTENSION postgres_fdw;
CREATE SERVER supplier FOREIGN DATA WRAPPER postgres_fdw;
CREATE USER MAPPING FOR PUBLIC SERVER supplier OPTIONS (user 'guest', password 'swordfish');
