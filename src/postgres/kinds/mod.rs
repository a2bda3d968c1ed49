//! The registry of kinds. Its order breaks ties in the order of steps; a kind is named nowhere else.

use crate::kind::Entry;

mod aggregate;
mod clustered;
mod column;
mod constraint;
mod default;
mod default_privileges;
mod function;
mod index;
mod index_partition;
mod inheritance;
mod materialized_view;
mod partition;
mod policy;
mod procedure;
mod replica_identity;
mod routine;
mod rule;
mod schema;
mod sequence;
mod sequence_ownership;
mod storage;
mod table;
mod trigger;
mod view;
mod view_column;

/// Every kind, in the order in which a person would write them down.
pub static REGISTRY: &[Entry] = &[
    Entry::of::<schema::Schema>(),
    Entry::of::<sequence::Sequence>(),
    Entry::of::<table::Table>(),
    Entry::of::<inheritance::Inheritance>(),
    Entry::of::<partition::Partition>(),
    Entry::of::<column::Column>(),
    Entry::of::<default::Default>(),
    Entry::of::<sequence_ownership::SequenceOwnership>(),
    Entry::of::<view::View>(),
    Entry::of::<materialized_view::MaterializedView>(),
    Entry::of::<view_column::ViewColumn>(),
    Entry::of::<index::Index>(),
    Entry::of::<constraint::Constraint>(),
    Entry::of::<function::Function>(),
    Entry::of::<procedure::Procedure>(),
    Entry::of::<aggregate::Aggregate>(),
    Entry::of::<rule::Rule>(),
    Entry::of::<trigger::Trigger>(),
    Entry::of::<policy::Policy>(),
    Entry::of::<index_partition::IndexPartition>(),
    Entry::of::<clustered::Clustered>(),
    Entry::of::<replica_identity::ReplicaIdentity>(),
    Entry::of::<default_privileges::DefaultPrivileges>(),
];

/// A kind's place in the registry.
pub fn rank(name: &str) -> usize {
    REGISTRY.iter().position(|entry| entry.name == name).expect("every kind is registered")
}

/// The entry of the kind with this name.
pub fn entry(name: &str) -> &'static Entry {
    &REGISTRY[rank(name)]
}
