create type size as enum ('small', 'medium', 'large');
