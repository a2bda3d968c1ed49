create table shop (
    id bigint primary key
);

create table team (
    id bigint primary key,
    captain_id bigint
);

create table player (
    id bigint primary key,
    team_id bigint not null references team
);

alter table team add constraint team_captain_fkey foreign key (captain_id) references player;
