CREATE ROLE nobodys LOGIN;
CREATE ROLE ours;
GRANT ours TO nobodys;
ALTER ROLE nobodys SET work_mem = '4MB';
