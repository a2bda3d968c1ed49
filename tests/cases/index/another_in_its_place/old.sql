CREATE TABLE person (id int, mail text);
CREATE INDEX person_mail_idx ON person (mail);
