create type person_name as (
    family text,
    given text
);
