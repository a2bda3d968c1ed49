CREATE SUBSCRIPTION food_supply CONNECTION 'host=supplier.example password=''swordfish'' dbname=foods' PUBLICATION foods
    WITH (connect = false, slot_name = NONE, binary = true);
CREATE SUBSCRIPTION plan_supply CONNECTION 'postgresql://reader:swordfish@supplier.example/foods' PUBLICATION plans
    WITH (connect = false, slot_name = NONE);
