create domain isbn as text;

alter domain isbn add constraint isbn_length check (length(value) = 13) not valid;
