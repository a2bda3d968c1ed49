create table book (
    id uuid default gen_random_uuid() primary key
);
