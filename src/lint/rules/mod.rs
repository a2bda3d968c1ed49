//! The registry: one file a rule, and a line here.

mod add_check_without_not_valid;
mod add_foreign_key_without_not_valid;
mod add_unique_without_index;
mod cascade;
mod char_type;
mod column_type_change;
mod column_with_volatile_default;
mod create_index_not_concurrently;
mod drop_column;
mod drop_table;
mod foreign_key_without_index;
mod json_instead_of_jsonb;
mod lock_table;
mod money_type;
mod refused_in_transaction;
mod reindex_not_concurrently;
mod rename_in_use;
mod required_column_without_default;
mod serial_instead_of_identity;
mod set_not_null_without_check;
mod table_rewritten;
mod table_without_primary_key;
mod timestamp_without_time_zone;
mod truncate;
mod varchar_with_length;

use super::rule::Rule;

/// All rules, those of migrations first.
pub const REGISTRY: &[Rule] = &[
    create_index_not_concurrently::RULE,
    add_foreign_key_without_not_valid::RULE,
    add_check_without_not_valid::RULE,
    add_unique_without_index::RULE,
    set_not_null_without_check::RULE,
    required_column_without_default::RULE,
    column_with_volatile_default::RULE,
    column_type_change::RULE,
    drop_column::RULE,
    rename_in_use::RULE,
    drop_table::RULE,
    cascade::RULE,
    truncate::RULE,
    lock_table::RULE,
    table_rewritten::RULE,
    reindex_not_concurrently::RULE,
    refused_in_transaction::RULE,
    table_without_primary_key::RULE,
    foreign_key_without_index::RULE,
    varchar_with_length::RULE,
    char_type::RULE,
    timestamp_without_time_zone::RULE,
    serial_instead_of_identity::RULE,
    json_instead_of_jsonb::RULE,
    money_type::RULE,
];
