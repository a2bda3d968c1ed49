create table note (
    id bigint primary key,
    team_id bigint
);

create table member (
    team_id bigint,
    name text
);

create function is_admin() returns boolean
    language sql stable
    return current_user = 'admin';

create policy note_team on note
    using (is_admin() or team_id in (select team_id from member where name = current_user));
