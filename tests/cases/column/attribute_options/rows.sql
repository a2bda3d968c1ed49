insert into visit values (1, 'Turku', 'Main');
