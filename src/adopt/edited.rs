//! Files that another system ran with another content: what its history says of them is not true of the file.

use std::fs;

use sha2::{Digest, Sha256, Sha384};

use super::pair::Pair;
use crate::hexadecimal::hexadecimal;

/// A warning for each file that was edited since it ran, as far as its history tells. The digest is known by its length;
/// one of another length is none of the plain ones, and says nothing here. Line ends do not count.
pub(super) fn edited(pairs: &[Pair]) -> Vec<String> {
    let warning = |pair: &Pair| {
        let (script, row) = (pair.script.as_ref()?, pair.row.as_ref()?);
        let bytes = fs::read(&script.path).ok()?;
        let ran = row.checksum.as_deref()?.to_lowercase();
        let unix = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let windows = unix.replace('\n', "\r\n");
        let digests = [&bytes[..], unix.as_bytes(), windows.as_bytes()].map(|content| digest(&ran, content));
        let is_another = digests.iter().all(|digest| digest.as_ref().is_some_and(|digest| *digest != ran));
        is_another.then(|| {
            format!(
                "`{}` was edited since it was applied: its checksum is another one; it is recorded as it is now",
                script.path.display()
            )
        })
    };
    pairs.iter().filter_map(warning).collect()
}

/// The digest of the sort that `like` is.
fn digest(like: &str, content: &[u8]) -> Option<String> {
    match like.len() {
        64 => Some(hexadecimal(&Sha256::digest(content))),
        96 => Some(hexadecimal(&Sha384::digest(content))),
        _ => None,
    }
}
