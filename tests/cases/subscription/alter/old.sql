CREATE SUBSCRIPTION food_supply CONNECTION 'host=old.example dbname=foods' PUBLICATION foods, plans
    WITH (connect = false, slot_name = 'foods_slot', streaming = true);
