create table orders (id integer primary key, note text not null);
create table archive (id integer constraint orders_id_not_null not null, note text constraint orders_note_not_null check (note <> ''));
create table lines (id integer not null);
