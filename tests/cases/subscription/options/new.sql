CREATE SUBSCRIPTION food_supply CONNECTION 'dbname=foods' PUBLICATION foods
    WITH (connect = false, slot_name = 'foods', streaming = parallel, origin = none, run_as_owner = true,
        password_required = false, disable_on_error = true, two_phase = true, failover = true);
