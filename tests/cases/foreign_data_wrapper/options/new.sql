CREATE FOREIGN DATA WRAPPER post OPTIONS (stamps 'two=2', size 'A5', "Class" E'first\\second');
