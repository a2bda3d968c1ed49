//! What a migration written by hand begins with.

use super::file::Migration;
use super::header::Header;

const UP: &str = "
-- Everything here runs in one transaction. What PostgreSQL refuses inside one stands below a line
--     \"schemadiff: no-transaction\"; an UPDATE, DELETE or INSERT of many rows below \"schemadiff: batch\".
-- After an interruption the file runs again from its top: write what bears it (IF NOT EXISTS, WHERE … IS NULL).
";

const DOWN: &str = "
-- Undoes the migration of this name: the schema is afterwards as it was before it.
";

/// The text of a new migration, or of its down script, under `header`.
pub(super) fn template(header: &Header, down: bool) -> String {
    let mut header = header.clone();
    if down {
        header.description = format!("undo: {}", header.description);
    }
    let head = Migration { header, sections: Vec::new() }.render();
    head + if down { DOWN } else { UP }
}
