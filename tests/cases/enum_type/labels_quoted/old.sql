create type answer as enum ('yes', 'it''s complicated');
