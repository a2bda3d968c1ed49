//! What `-- Depends:` of the headers asks for, checked before anything runs.

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use super::directory::{Directory, File};
use super::version::Version;
use crate::error::{Error, ErrorKind, Result};

/// What a broken requirement needs.
const HINT: &str = "correct the line `-- Depends:` of its header";

impl Directory {
    /// Checks what the headers of `pending` files depend on; `applied` are known besides the files of the folder.
    ///
    /// # Errors
    ///
    /// Files that depend on each other in a circle, on what does not exist, or on what comes later; a header that
    /// cannot be read.
    pub fn check_depends(&self, pending: &[&File], applied: &[Version]) -> Result<()> {
        let mut depends = Vec::new();
        for file in pending {
            depends.extend(file.header()?.depends.into_iter().map(|required| (*file, required)));
        }
        self.no_circle(&depends)?;
        for (file, required) in depends {
            let known = applied.contains(&required) || self.files.iter().any(|one| one.version == required);
            let problem = match known {
                false => "which does not exist",
                true if required >= file.version => "which does not come before it",
                true => continue,
            };
            let message = format!("`{}` depends on {required}, {problem}", file.path.display());
            return Err(Error::new(ErrorKind::Migration, message).hint(HINT));
        }
        Ok(())
    }

    fn no_circle(&self, depends: &[(&File, Version)]) -> Result<()> {
        let edges = depends.iter().map(|(file, required)| (file.version.number, required.number));
        let graph: DiGraphMap<i64, ()> = edges.collect();
        let circular = |knot: &Vec<i64>| knot.len() > 1 || graph.contains_edge(knot[0], knot[0]);
        let Some(mut knot) = tarjan_scc(&graph).into_iter().find(circular) else { return Ok(()) };
        knot.sort_unstable();
        let named = self.files.iter().filter(|file| knot.contains(&file.version.number));
        let named: Vec<_> = named.map(|file| format!("`{}`", file.path.display())).collect();
        let message = match named.as_slice() {
            [one] => format!("{one} depends on itself"),
            several => format!("{} depend on each other in a circle", several.join(", ")),
        };
        Err(Error::new(ErrorKind::Migration, message).hint(HINT))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn said(files: &[(&str, &str)], applied: &[i64]) -> String {
        let files = files.iter().map(|(name, depends)| {
            ((*name).to_owned(), format!("-- Depends: {depends}\nSELECT 1;\n").into_bytes())
        });
        let directory = Directory::from_files("m", files).unwrap();
        let applied: Vec<_> = applied.iter().copied().map(Version::from).collect();
        let pending: Vec<_> = directory.files.iter().collect();
        directory.check_depends(&pending, &applied).map_or_else(|error| error.message, |()| String::new())
    }

    #[test]
    fn circles_gaps_and_later_files_are_named() {
        assert_eq!(said(&[("1_a.sql", "none"), ("3_b.sql", "1, 2")], &[2]), "");
        assert_eq!(said(&[("3_b.sql", "1")], &[]), "`m/3_b.sql` depends on 1, which does not exist");
        assert_eq!(
            said(&[("1_a.sql", "3"), ("3_b.sql", "none")], &[]),
            "`m/1_a.sql` depends on 3, which does not come before it"
        );
        assert_eq!(
            said(&[("1_a.sql", "3"), ("2_c.sql", "1"), ("3_b.sql", "2")], &[]),
            "`m/1_a.sql`, `m/2_c.sql`, `m/3_b.sql` depend on each other in a circle"
        );
        assert_eq!(said(&[("1_a.sql", "1")], &[]), "`m/1_a.sql` depends on itself");
    }
}
