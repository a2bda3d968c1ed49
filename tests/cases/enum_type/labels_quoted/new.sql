create type answer as enum ('yes', 'No, thanks', 'it''s complicated', 'ei käy', '');
