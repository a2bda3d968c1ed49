CREATE SCHEMA texts;
CREATE DEFAULT CONVERSION texts.from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION texts."To Latin" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION texts.from_latin IS 'what old scales send';
