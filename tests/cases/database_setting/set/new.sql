-- Whatever the file calls the database: it is this one.
ALTER DATABASE nutrition SET work_mem = '16MB';
ALTER DATABASE "nutrition" SET search_path TO shop, "$user", public;
ALTER DATABASE nutrition SET timezone TO 'Europe/Berlin';
ALTER DATABASE nutrition SET lock_timeout TO DEFAULT;
