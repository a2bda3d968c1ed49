create schema tools;
create extension pg_trgm schema tools version '1.6';
revoke execute on function tools.strict_word_similarity(text, text) from public;
