//! The registry of kinds. Its order breaks ties in the order of steps; a kind is named nowhere else.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::kind::Entry;

mod aside;
mod carry;
mod fill;
mod lines;
mod not_null;
mod options;
mod parameters;
mod routine;
mod storage;
mod stored;
mod unfit;

/// Declares the module of every kind, and the registry of them. `cargo fmt` sees no module that a macro declares:
/// `tools/format` does.
macro_rules! registry {
    ($(#[$comment:meta])* $($visibility:vis $module:ident::$kind:ident,)*) => {
        $($visibility mod $module;)*

        $(#[$comment])*
        pub static REGISTRY: &[Entry] = &[$(Entry::of::<$module::$kind>()),*];
    };
}

registry! {
    /// Every kind, in the order in which a person would write them down. What calls functions comes after them: the
    /// server does not know what the bodies of functions need.
    role::Role,
    role_membership::RoleMembership,
    role_setting::RoleSetting,
    schema::Schema,
    extension::Extension,
    language::Language,
    access_method::AccessMethod,
    foreign_data_wrapper::ForeignDataWrapper,
    server::Server,
    user_mapping::UserMapping,
    collation::Collation,
    enum_type::EnumType,
    domain::Domain,
    domain_constraint::DomainConstraint,
    domain_default::DomainDefault,
    composite_type::CompositeType,
    composite_attribute::CompositeAttribute,
    range_type::RangeType,
    shell_type::ShellType,
    base_type::BaseType,
    cast::Cast,
    text_search_parser::TextSearchParser,
    text_search_template::TextSearchTemplate,
    text_search_dictionary::TextSearchDictionary,
    text_search_configuration::TextSearchConfiguration,
    function::Function,
    procedure::Procedure,
    aggregate::Aggregate,
    sequence::Sequence,
    pub(super) table::Table,
    inheritance::Inheritance,
    pub(super) partition::Partition,
    pub(super) column::Column,
    foreign_table::ForeignTable,
    foreign_column::ForeignColumn,
    default::Default,
    sequence_ownership::SequenceOwnership,
    view::View,
    materialized_view::MaterializedView,
    view_column::ViewColumn,
    index::Index,
    pub(super) constraint::Constraint,
    statistics::Statistics,
    operator::Operator,
    operator_family::OperatorFamily,
    operator_class::OperatorClass,
    operator_family_member::OperatorFamilyMember,
    conversion::Conversion,
    transform::Transform,
    rule::Rule,
    trigger::Trigger,
    policy::Policy,
    index_partition::IndexPartition,
    clustered::Clustered,
    replica_identity::ReplicaIdentity,
    publication::Publication,
    publication_table::PublicationTable,
    publication_schema::PublicationSchema,
    default_privileges::DefaultPrivileges,
    changed_privileges::ChangedPrivileges,
    database_setting::DatabaseSetting,
    subscription::Subscription,
    event_trigger::EventTrigger,
}

/// A kind's place in the registry.
pub fn rank(name: &str) -> usize {
    static RANKS: LazyLock<HashMap<&str, usize>> =
        LazyLock::new(|| REGISTRY.iter().enumerate().map(|(rank, entry)| (entry.name, rank)).collect());
    *RANKS.get(name).expect("every kind is registered")
}

/// The entry of the kind with this name.
pub fn entry(name: &str) -> &'static Entry {
    &REGISTRY[rank(name)]
}
