create table a_table_whose_name_has_sixty_three_bytes_which_is_all_there_was (
    id bigint primary key,
    a_column_whose_name_has_sixty_three_bytes_which_is_all_there_is integer
);
