create sequence draw_seq;
