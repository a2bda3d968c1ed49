CREATE SUBSCRIPTION food_supply CONNECTION 'dbname=foods' PUBLICATION foods
    WITH (connect = false, slot_name = 'foods', streaming = on, origin = any);
