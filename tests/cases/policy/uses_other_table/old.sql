create table note (
    id bigint primary key,
    team_id bigint
);
