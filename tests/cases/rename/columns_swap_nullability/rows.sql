insert into person values ('Ada', 'Lovelace'), ('Plato', null);
