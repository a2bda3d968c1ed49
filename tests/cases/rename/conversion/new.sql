-- schemadiff: renamed from c
create conversion from_latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
