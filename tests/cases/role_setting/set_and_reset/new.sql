CREATE ROLE app;
ALTER ROLE app SET search_path = "Quer";
ALTER ROLE app SET plans.colour = 'it''s green';
