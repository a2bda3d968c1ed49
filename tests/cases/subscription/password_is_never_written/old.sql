CREATE SUBSCRIPTION food_supply CONNECTION 'host=supplier.example password=swordfish dbname=foods' PUBLICATION foods
    WITH (connect = false, slot_name = NONE);
