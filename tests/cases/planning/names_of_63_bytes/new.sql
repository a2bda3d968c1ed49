create table a_table_whose_name_has_sixty_three_bytes_which_is_all_there_was (
    id bigint primary key,
    a_column_whose_name_has_sixty_three_bytes_which_is_all_there_is bigint not null unique,
    other integer not null references a_table_whose_name_has_sixty_three_bytes_which_is_all_there_was
        (a_column_whose_name_has_sixty_three_bytes_which_is_all_there_is)
);
