insert into visit values (-3), (0);
insert into debt values (-7), (-2), (5);
