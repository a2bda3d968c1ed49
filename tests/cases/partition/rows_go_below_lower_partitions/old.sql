CREATE TABLE visit (room integer, day date);
