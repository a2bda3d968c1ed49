CREATE ACCESS METHOD "Pantry" TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD shelf TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD shelf IS 'ordered';
CREATE TABLE foods (name text);
CREATE TABLE stock (amount integer) USING "Pantry";
