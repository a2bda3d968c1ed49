INSERT INTO visit VALUES ('[1,2)', '[1,3)');
