create domain locale as text default 'sv';

create domain language_code as text;

create table reader (
    id bigint primary key,
    locale locale,
    language language_code
);
