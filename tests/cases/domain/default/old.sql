create domain locale as text default 'en';

create domain language_code as text default 'fi';

create table reader (
    id bigint primary key,
    locale locale,
    language language_code
);
