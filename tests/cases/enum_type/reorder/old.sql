create type grade as enum ('poor', 'good', 'fair', 'excellent');

create table review (
    id bigint primary key,
    grade grade not null default 'good'
);

create index review_grade_idx on review (grade desc);
