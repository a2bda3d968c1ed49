//! Desired catalogs on disk: loading the schema files is what costs, and from one run to the next they seldom change.
//!
//! A catalog is kept under a hash of everything that it follows from. What cannot be read counts as absent, and what
//! cannot be written costs time, nothing else.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio_postgres::Client;

use super::introspect::{self, Scope};
use super::kinds::REGISTRY;
use crate::catalog::{Address, Catalog, Facts, Kept, Object, Objects, Privilege, Requires, SecurityLabel};
use crate::hexadecimal::hexadecimal;
use crate::source::Source;
use crate::{Error, ErrorKind, Result};

/// How many catalogs are kept; the one that was not asked for the longest goes first.
const KEPT: usize = 20;

/// The length of the SHA-256 that each file begins with, in bytes.
const SUM: usize = 32;

/// What the live database passes on to scratch databases, with all that decides how a server prints.
const LIVE: &str = "
SELECT concat_ws(E'\\n', current_setting('server_version_num'), current_user, d.datname, pg_get_userbyid(d.datdba),
           pg_encoding_to_char(d.encoding), x ->> 'datcollate', x ->> 'datctype', x ->> 'datlocprovider',
           x ->> 'datlocale', x ->> 'daticulocale', x ->> 'daticurules',
           (SELECT string_agg(concat_ws(' ', e.extname, e.extversion, e.extnamespace::regnamespace), E'\\n'
                              ORDER BY e.extname) FROM pg_extension AS e))
FROM pg_database AS d, to_jsonb(d) AS x
WHERE d.datname = current_database()";

/// Everything that a desired catalog follows from, as one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

/// A folder of catalogs.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A catalog as it is written.
#[derive(Serialize, Deserialize)]
struct Stored {
    objects: Vec<StoredObject>,
    requires: Vec<Requires>,
    unmatched: BTreeMap<String, Option<String>>,
    without_privileges: bool,
    facts: Facts,
}

/// An object as it is written; the kind is its place in the registry.
#[derive(Serialize, Deserialize)]
struct StoredObject {
    address: Address,
    identity: String,
    owner: Option<String>,
    comment: Option<String>,
    privileges: Option<IndexSet<Privilege>>,
    labels: Vec<SecurityLabel>,
    occupies: Vec<String>,
    kind: usize,
    body: Vec<u8>,
}

impl Key {
    /// The key of what `source` makes in a scratch database that takes after the session's database; `scratch` is
    /// what the user said about scratch databases.
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn new(live: &Client, source: &Source, scope: &Scope, scratch: &str) -> Result<Key> {
        let row = live.query_one(LIVE, &[]).await;
        let row = row.map_err(|error| Error::server(ErrorKind::Catalog, error))?;
        let mut hash = Fields(Sha256::new());
        hash.add(env!("CARGO_PKG_VERSION"));
        hash.add(&build());
        introspect::texts().for_each(|text| hash.add(&text));
        hash.add(row.get(0));
        hash.add(scratch);
        hash.add(&format!("{scope:?}"));
        source.roles().iter().for_each(|role| hash.add(role));
        for statement in source.ordered() {
            for setting in statement.settings.iter() {
                hash.add(&setting.sql);
            }
            hash.add(";");
            hash.add(statement.text());
        }
        Ok(Key(hexadecimal(&hash.0.finalize())))
    }
}

impl Cache {
    /// This user's own, where there is a place for it.
    pub fn of_user() -> Option<Cache> {
        Some(Cache::in_folder(folder()?.join("catalogs")))
    }

    /// The catalogs in this folder, which is made when there is one to keep.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Cache {
        Cache { folder: folder.into() }
    }

    /// The catalog of this key; `None` where it is not there, or not whole.
    pub fn read(&self, key: &Key) -> Option<Catalog> {
        let path = self.folder.join(&key.0);
        let bytes = fs::read(&path).ok()?;
        let (sum, content) = bytes.split_at_checked(SUM)?;
        if Sha256::digest(content).as_slice() != sum {
            return None;
        }
        let catalog = decode(postcard::from_bytes(content).ok()?)?;
        // Asked for just now: among the last to go.
        let _ = File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(catalog)
    }

    /// Keeps the catalog under this key.
    pub fn write(&self, key: &Key, catalog: &Catalog) {
        let content = postcard::to_stdvec(&encode(catalog)).expect("plain structs always encode");
        // A cache that cannot be written to costs time, nothing else.
        let _ = self.put(&self.folder.join(&key.0), &content);
        self.shrink();
    }

    /// Writes beside the place, then renames: who reads finds all or nothing.
    fn put(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        // What a schema says is not for everybody on the machine.
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let unfinished = path.with_extension(std::process::id().to_string());
        let written = (|| {
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
            file.write_all(Sha256::digest(content).as_slice())?;
            file.write_all(content)?;
            fs::rename(&unfinished, path)
        })();
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written
    }

    fn shrink(&self) {
        let entries = self.folder.read_dir().into_iter().flatten().flatten();
        let aged = entries.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())));
        let mut files: Vec<_> = aged.collect();
        files.sort_unstable_by_key(|(modified, _)| Reverse(*modified));
        for (_, path) in files.iter().skip(KEPT) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Where this user's caches are. Root's own is closed to the account that servers run under.
pub(super) fn folder() -> Option<PathBuf> {
    if rustix::process::geteuid().is_root() {
        return Some("/var/cache/schemadiff".into());
    }
    let home = || Some(PathBuf::from(env::var_os("HOME")?).join(".cache"));
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    Some(named.or_else(home)?.join("schemadiff"))
}

/// Tells this build from others of the same version, as there are while the program is worked on.
fn build() -> String {
    let about = env::current_exe().and_then(fs::metadata);
    about.map_or_else(|_| String::new(), |about| format!("{} {:?}", about.len(), about.modified().ok()))
}

fn encode(catalog: &Catalog) -> Stored {
    let objects = catalog.objects.iter().map(|(address, object)| StoredObject {
        address: address.clone(),
        identity: object.identity.clone(),
        owner: object.owner.clone(),
        comment: object.comment.clone(),
        privileges: object.privileges.clone(),
        labels: object.labels.clone(),
        occupies: object.occupies.clone(),
        kind: super::kinds::rank(object.kind()),
        body: object.body.encode(),
    });
    Stored {
        objects: objects.collect(),
        requires: catalog.requires().to_vec(),
        unmatched: catalog.unmatched.clone(),
        without_privileges: catalog.without_privileges,
        facts: catalog.facts.clone(),
    }
}

fn decode(stored: Stored) -> Option<Catalog> {
    let mut objects = Objects::with_capacity_and_hasher(stored.objects.len(), Default::default());
    for object in stored.objects {
        let body = (REGISTRY.get(object.kind)?.decode)(&object.body).ok()?;
        let StoredObject { address, identity, owner, comment, privileges, labels, occupies, .. } = object;
        let kept = Kept::default();
        objects
            .insert(address, Object { identity, owner, comment, privileges, labels, occupies, body, kept });
    }
    let mut catalog = Catalog::new(objects, stored.requires, stored.facts);
    catalog.unmatched = stored.unmatched;
    catalog.without_privileges = stored.without_privileges;
    Some(catalog)
}

/// A hash over texts of which none can be mistaken for the end of another.
struct Fields(Sha256);

impl Fields {
    fn add(&mut self, text: &str) {
        self.0.update(text.len().to_le_bytes());
        self.0.update(text);
    }
}
