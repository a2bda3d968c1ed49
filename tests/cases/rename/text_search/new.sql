-- schemadiff: renamed from d
create text search dictionary plain (template = simple);
-- schemadiff: renamed from c
create text search configuration plain_words (parser = default);
alter text search configuration plain_words add mapping for word with plain;
