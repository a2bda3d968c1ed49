//! Roles by oid, and what they may do.

use std::collections::HashMap;

use indexmap::IndexSet;
use tokio_postgres::Row;

use crate::catalog::{Grantee, Privilege};

/// One privilege, as the server takes them apart: who has it, its word, whether it may be granted on, who gave it.
pub type Granted = (u32, String, bool, u32);

/// The roles of the server.
pub struct Roles(HashMap<u32, String>);

impl Roles {
    /// The roles, from the rows of their query.
    pub fn new(rows: &[Row]) -> Roles {
        Roles(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    /// The unquoted name.
    pub fn name(&self, oid: u32) -> Option<String> {
        self.0.get(&oid).cloned()
    }

    /// The privileges on an object of this owner, or on a part of one; in the order of its access control list.
    pub fn privileges(&self, owner: Option<u32>, all: Vec<Granted>) -> IndexSet<Privilege> {
        let privilege = |(grantee, privilege, grantable, grantor)| Privilege {
            grantee: match self.name(grantee) {
                _ if owner == Some(grantee) => Grantee::Owner,
                Some(name) => Grantee::Role(name),
                None => Grantee::Public,
            },
            privilege,
            grantable,
            grantor: owner.filter(|owner| *owner != grantor).and_then(|_| self.name(grantor)),
        };
        all.into_iter().map(privilege).collect()
    }
}
