create schema tools;
create extension pg_trgm schema tools version '1.3';
