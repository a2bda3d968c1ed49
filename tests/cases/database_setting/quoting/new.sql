ALTER DATABASE nutrition SET search_path = '';
ALTER DATABASE nutrition SET temp_tablespaces = 'a, b', 'c"d';
ALTER DATABASE nutrition SET app.greeting = 'it''s 100 % $$ a \ b = c';
ALTER DATABASE nutrition SET "App.Mood" = 'good, "very"';
ALTER DATABASE nutrition SET application_name = '';
ALTER DATABASE nutrition SET DateStyle = ISO, DMY;
