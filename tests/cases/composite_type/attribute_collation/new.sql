create type person_name as (
    given text,
    family text collate "C"
);
