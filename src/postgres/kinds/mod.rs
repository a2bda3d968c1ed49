//! The registry of kinds. Its order breaks ties in the order of steps; a kind is named nowhere else.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::kind::Entry;

mod access_method;
mod aggregate;
mod aside;
mod base_type;
mod carry;
mod cast;
mod changed_privileges;
mod clustered;
mod collation;
pub(super) mod column;
mod composite_attribute;
mod composite_type;
pub(super) mod constraint;
mod conversion;
mod database_setting;
mod default;
mod default_privileges;
mod domain;
mod domain_constraint;
mod enum_type;
mod event_trigger;
mod extension;
mod fill;
mod foreign_column;
mod foreign_data_wrapper;
mod foreign_table;
mod function;
mod index;
mod index_partition;
mod inheritance;
mod language;
mod lines;
mod materialized_view;
mod not_null;
mod operator;
mod operator_class;
mod operator_family;
mod operator_family_member;
mod options;
mod parameters;
pub(super) mod partition;
mod policy;
mod procedure;
mod publication;
mod publication_schema;
mod publication_table;
mod range_type;
mod replica_identity;
mod role;
mod role_membership;
mod role_setting;
mod routine;
mod rule;
mod schema;
mod sequence;
mod sequence_ownership;
mod server;
mod shell_type;
mod statistics;
mod storage;
mod stored;
mod subscription;
pub(super) mod table;
mod text_search_configuration;
mod text_search_dictionary;
mod text_search_parser;
mod text_search_template;
mod transform;
mod trigger;
mod unfit;
mod user_mapping;
mod view;
mod view_column;

/// Every kind, in the order in which a person would write them down. What calls functions comes after them: the server
/// does not know what the bodies of functions need.
pub static REGISTRY: &[Entry] = &[
    Entry::of::<role::Role>(),
    Entry::of::<role_membership::RoleMembership>(),
    Entry::of::<role_setting::RoleSetting>(),
    Entry::of::<schema::Schema>(),
    Entry::of::<extension::Extension>(),
    Entry::of::<language::Language>(),
    Entry::of::<access_method::AccessMethod>(),
    Entry::of::<foreign_data_wrapper::ForeignDataWrapper>(),
    Entry::of::<server::Server>(),
    Entry::of::<user_mapping::UserMapping>(),
    Entry::of::<collation::Collation>(),
    Entry::of::<enum_type::EnumType>(),
    Entry::of::<domain::Domain>(),
    Entry::of::<domain_constraint::DomainConstraint>(),
    Entry::of::<composite_type::CompositeType>(),
    Entry::of::<composite_attribute::CompositeAttribute>(),
    Entry::of::<range_type::RangeType>(),
    Entry::of::<shell_type::ShellType>(),
    Entry::of::<base_type::BaseType>(),
    Entry::of::<cast::Cast>(),
    Entry::of::<text_search_parser::TextSearchParser>(),
    Entry::of::<text_search_template::TextSearchTemplate>(),
    Entry::of::<text_search_dictionary::TextSearchDictionary>(),
    Entry::of::<text_search_configuration::TextSearchConfiguration>(),
    Entry::of::<function::Function>(),
    Entry::of::<procedure::Procedure>(),
    Entry::of::<aggregate::Aggregate>(),
    Entry::of::<sequence::Sequence>(),
    Entry::of::<table::Table>(),
    Entry::of::<inheritance::Inheritance>(),
    Entry::of::<partition::Partition>(),
    Entry::of::<column::Column>(),
    Entry::of::<foreign_table::ForeignTable>(),
    Entry::of::<foreign_column::ForeignColumn>(),
    Entry::of::<default::Default>(),
    Entry::of::<sequence_ownership::SequenceOwnership>(),
    Entry::of::<view::View>(),
    Entry::of::<materialized_view::MaterializedView>(),
    Entry::of::<view_column::ViewColumn>(),
    Entry::of::<index::Index>(),
    Entry::of::<constraint::Constraint>(),
    Entry::of::<statistics::Statistics>(),
    Entry::of::<operator::Operator>(),
    Entry::of::<operator_family::OperatorFamily>(),
    Entry::of::<operator_class::OperatorClass>(),
    Entry::of::<operator_family_member::OperatorFamilyMember>(),
    Entry::of::<conversion::Conversion>(),
    Entry::of::<transform::Transform>(),
    Entry::of::<rule::Rule>(),
    Entry::of::<trigger::Trigger>(),
    Entry::of::<policy::Policy>(),
    Entry::of::<index_partition::IndexPartition>(),
    Entry::of::<clustered::Clustered>(),
    Entry::of::<replica_identity::ReplicaIdentity>(),
    Entry::of::<publication::Publication>(),
    Entry::of::<publication_table::PublicationTable>(),
    Entry::of::<publication_schema::PublicationSchema>(),
    Entry::of::<default_privileges::DefaultPrivileges>(),
    Entry::of::<changed_privileges::ChangedPrivileges>(),
    Entry::of::<database_setting::DatabaseSetting>(),
    Entry::of::<subscription::Subscription>(),
    Entry::of::<event_trigger::EventTrigger>(),
];

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
