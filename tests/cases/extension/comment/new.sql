create extension hstore;

comment on extension hstore is 'product attributes from suppliers';
