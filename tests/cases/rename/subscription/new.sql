-- schemadiff: renamed from s
create subscription incoming connection 'dbname=nowhere' publication p with (connect = false, slot_name = none);
