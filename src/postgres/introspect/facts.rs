//! What is true of the database as a whole, and privileges as the server lists them.

use tokio_postgres::Row;

use crate::catalog::{DefaultPrivilege, Facts, Grantee, Privilege};

/// The facts, from the rows of their queries.
pub fn facts([facts, casts, constraint_names, builtin, defaults]: [&[Row]; 5]) -> Facts {
    Facts {
        version: facts[0].get::<_, i32>(0).cast_unsigned(),
        role: facts[0].get(1),
        casts: casts
            .iter()
            .map(|row| ((row.get(0), row.get(1)), char::from(row.get::<_, i8>(2).cast_unsigned())))
            .collect(),
        constraint_names: constraint_names.iter().map(|row| (row.get(0), row.get(1))).collect(),
        builtin_privileges: builtin
            .iter()
            .map(|row| {
                (
                    char::from(row.get::<_, i8>(0).cast_unsigned()),
                    privilege(row.get(1), row.get(2), row.get(3), row.get(4)),
                )
            })
            .collect(),
        default_privileges: defaults
            .iter()
            .map(|row| DefaultPrivilege {
                role: row.get(0),
                schema: row.get(1),
                class: letter(row.get(2)),
                privilege: privilege(row.get(3), row.get(4), row.get(5), row.get(6)),
            })
            .collect(),
    }
}

/// The letter of a class as grants know it; `pg_default_acl` writes sequences in upper case.
fn letter(letter: i8) -> char {
    match char::from(letter.cast_unsigned()) {
        'S' => 's',
        letter => letter,
    }
}

fn privilege(owner: bool, role: Option<String>, privilege: String, grantable: bool) -> Privilege {
    let grantee = match role {
        _ if owner => Grantee::Owner,
        Some(name) => Grantee::Role(name),
        None => Grantee::Public,
    };
    Privilege { grantee, privilege, grantable, grantor: None }
}
