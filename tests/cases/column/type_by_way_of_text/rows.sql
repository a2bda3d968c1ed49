insert into parcel values
    (1, '17', '12.50', '2026-02-01', '6ecd8c99-4036-403d-bf84-cf8400f67836'),
    (2, null, null, null, null);
