//! What a database holds before anybody makes anything in it.

use super::kinds::entry;
use crate::catalog::{Address, Catalog, Grantee, Kept, Object, Privilege};

/// The schema that every database has from the beginning.
pub const BORN: &str = "public";

/// The first version in which not everybody may make objects in `public`, and in which it belongs to
/// `pg_database_owner`.
const CLOSED_PUBLIC: u32 = 150_000;

/// The catalog of a new database on the server that `catalog` was read from: the schema `public`, as it is born.
pub fn empty(catalog: &Catalog) -> Catalog {
    let address = Address { class: "schema".into(), names: vec![BORN.into()], args: vec![] };
    let closed = catalog.facts.version >= CLOSED_PUBLIC;
    let found = catalog.objects.get(&address);
    let owner = match closed {
        true => Some("pg_database_owner".to_owned()),
        // The superuser that `initdb` made, whatever its name.
        false => found.and_then(|public| public.owner.clone()),
    };
    let held = |grantee: Grantee, privilege: &str| Privilege {
        grantee,
        privilege: privilege.into(),
        grantable: false,
        grantor: None,
    };
    let mut privileges = vec![
        held(Grantee::Owner, "CREATE"),
        held(Grantee::Owner, "USAGE"),
        held(Grantee::Public, "CREATE"),
        held(Grantee::Public, "USAGE"),
    ];
    if closed {
        privileges.remove(2);
    }
    let public = Object {
        identity: BORN.into(),
        owner: owner.filter(|_| found.is_none_or(|public| public.owner.is_some())),
        comment: Some("standard public schema".into()),
        privileges: Some(privileges.into_iter().collect())
            .filter(|_| found.is_none_or(|public| public.privileges.is_some())),
        labels: vec![],
        kept: Kept::default(),
        occupies: vec![],
        body: (entry("schema").decode)(&[]).expect("a schema has no attributes"),
    };
    Catalog::new([(address, public)].into_iter().collect(), vec![], catalog.facts.clone())
}
