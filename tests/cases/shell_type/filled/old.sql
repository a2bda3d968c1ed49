CREATE TYPE weight;
