INSERT INTO note VALUES (1, 'somebody'), (2, 'nobody');
