-- Types that several tables share.

-- An address as people type it at login; stored in lower case, so that it is unique.
create domain email as text
    constraint email_has_at check (value ~ '^[^@\s]+@[^@\s]+$')
    constraint email_in_lower_case check (value = lower(value));

-- What someone wants to do with their weight.
create type goal as enum ('lose', 'keep', 'gain');

-- Meals of a day, in the order of the day.
create type meal as enum ('breakfast', 'lunch', 'snack', 'dinner');

-- Weight of something eaten, in grams.
create domain grams as numeric(8, 1)
    constraint grams_positive check (value > 0);

comment on domain email is 'in lower case, so that unique means unique';
comment on domain grams is 'weight of something eaten';
comment on type meal is 'in the order of the day';
