create type point_2d as (x numeric, y numeric);

create type point_3d as (x numeric, y numeric, z numeric);
