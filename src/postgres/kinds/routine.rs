//! What functions, procedures and aggregates have in common: one namespace, and that extensions may take them along.

use crate::catalog::Address;
use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// The kinds of routine as addresses and DDL name them, each with how the catalog marks it.
const CLASSES: [(&str, &str); 3] = [("function", "'f', 'w'"), ("procedure", "'p'"), ("aggregate", "'a'")];

/// Removes a routine of kind `K`; DDL takes `signature` for it.
pub fn remove<K: Kind>(it: &Subject, signature: &str) -> Vec<Step> {
    let taken_over = CLASSES.iter().any(|(class, _)| {
        *class != it.address.class
            && it
                .setting
                .desired
                .objects
                .contains_key(&Address { class: (*class).to_owned(), ..it.address.clone() })
    });
    let drop = format!("DROP {} IF EXISTS {signature}", K::KEYWORD);
    if !taken_over {
        return vec![Step::new(drop)];
    }
    // IF EXISTS does not forgive a routine of another kind, which stands there when the file is run again.
    let marks = CLASSES.iter().find(|(class, _)| *class == it.address.class).map_or("", |(_, marks)| marks);
    let still = format!(
        "EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure({}) AND prokind IN ({marks}))",
        literal(&it.object.identity)
    );
    vec![guard::when(&still, &drop)]
}

/// What makes an object go with extensions that it is no member of: `ALTER … DEPENDS ON EXTENSION`.
pub fn depend_on_extensions(spelling: &str, old: &[String], new: &[String]) -> Vec<Step> {
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|extension| !those.contains(extension)).cloned().collect()
    };
    let gone = only(old, new).into_iter().map(|extension| {
        guard::when(
            &format!(
                "EXISTS (SELECT FROM pg_extension WHERE quote_ident(extname) = {})",
                literal(&extension)
            ),
            &format!("ALTER {spelling} NO DEPENDS ON EXTENSION {extension}"),
        )
    });
    let added = only(new, old)
        .into_iter()
        .map(|extension| Step::new(format!("ALTER {spelling} DEPENDS ON EXTENSION {extension}")));
    gone.chain(added).collect()
}
