//! Functions whose values differ from row to row, so that a default that calls them is computed for each row.

/// Those of the server and of the extensions that people use for defaults, in the order of their names.
pub const FUNCTIONS: [&str; 11] = [
    "clock_timestamp",
    "gen_random_uuid",
    "nextval",
    "random",
    "random_normal",
    "timeofday",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "uuidv4",
    "uuidv7",
];

/// Whether an expression, as the server prints it, calls one of them.
pub fn is_volatile(expression: &str) -> bool {
    let mut words = expression.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '('));
    words.any(|word| {
        word.split_inclusive('(')
            .any(|call| call.strip_suffix('(').is_some_and(|name| FUNCTIONS.contains(&name)))
    })
}
