-- schemadiff: renamed from tidy
create procedure clean() language sql as '';
