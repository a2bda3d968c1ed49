-- schemadiff: renamed from files
create foreign data wrapper blobs;
-- schemadiff: renamed from disk
create server tape foreign data wrapper blobs;
