create function starts(value text, prefix text) returns boolean
    language internal immutable strict parallel safe
    as 'text_starts_with';
