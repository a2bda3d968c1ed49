CREATE TABLE book (pages integer DEFAULT 1);
