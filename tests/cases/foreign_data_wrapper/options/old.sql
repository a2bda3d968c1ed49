CREATE FOREIGN DATA WRAPPER post OPTIONS (stamps 'two', colour 'red', size 'A5');
