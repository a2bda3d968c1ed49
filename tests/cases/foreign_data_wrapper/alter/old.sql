CREATE EXTENSION file_fdw;
CREATE FOREIGN DATA WRAPPER files HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
CREATE FOREIGN DATA WRAPPER post OPTIONS (stamps 'two', colour 'red');
