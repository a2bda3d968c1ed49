//! What functions, procedures and aggregates have in common: one namespace, and that extensions may take them along.

use crate::plan::Step;
use crate::postgres::guard;
use crate::postgres::quote::literal;

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
