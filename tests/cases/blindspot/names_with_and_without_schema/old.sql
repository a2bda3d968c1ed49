create function public.is_mine(name varchar) returns boolean language sql immutable return name = 'me';

create table public.book (
    id int4,
    owner varchar(20) constraint book_owner_check check (public.is_mine(owner))
);

create policy mine on public.book using (public.is_mine(owner) and exists (select from public.book));

create view public.mine as select b.id from public.book as b where public.is_mine(b.owner);
