create function starts(value text, prefix text) returns boolean
    language internal immutable strict parallel safe support text_starts_with_support
    as 'text_starts_with';
