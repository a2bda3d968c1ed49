insert into ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt values (1, 'x');
