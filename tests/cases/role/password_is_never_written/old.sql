CREATE ROLE secretive LOGIN PASSWORD 'before';
