create type point_2d as (x numeric, y numeric);
