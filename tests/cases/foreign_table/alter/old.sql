CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER depot FOREIGN DATA WRAPPER post;
CREATE FOREIGN TABLE parcels (
    id integer OPTIONS (remote_name 'nr', trim 'yes') NOT NULL,
    weight integer DEFAULT 1,
    town text,
    old_note text
) SERVER depot OPTIONS (box '1', lid 'closed');
CREATE VIEW weights AS SELECT id, weight FROM parcels;
