create table category (
    id bigint primary key,
    parent_id bigint references category,
    name text
);

create recursive view category_path (id, path, depth) as
    select id, name, 1 from category where parent_id is null
    union all
    select category.id, path || ' > ' || name, depth + 1
    from category join category_path on parent_id = category_path.id;
