create unlogged sequence draw_seq;
