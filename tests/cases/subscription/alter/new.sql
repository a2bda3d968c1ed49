CREATE SUBSCRIPTION food_supply CONNECTION 'host=new.example dbname=foods' PUBLICATION foods, recipes
    WITH (connect = false, slot_name = NONE, streaming = false, binary = true);
