create table invoice (
    number bigint generated always as identity (sequence name invoice_numbers) primary key
);
