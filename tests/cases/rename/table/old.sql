create table plan (week date not null, note text);
