//! The one door through which a catalog comes, live or desired.

use std::collections::{BTreeMap, HashMap, HashSet};

use futures_util::future::{try_join, try_join_all};
use indexmap::IndexMap;
use tokio_postgres::{Client, Statement};

use super::kinds::REGISTRY;
use super::row::Row;
use crate::adopt::kept_by_others;
use crate::catalog::{
    Address, Catalog, DefaultPrivilege, Facts, Grantee, Object, Privilege, Requires, SecurityLabel, Tie,
};
use crate::kind::{Concern, Entry};
use crate::selection::Selection;
use crate::{Error, ErrorKind, Result};

/// Where a row of a system catalog is: `classid`, `objid`, `objsubid`.
type Location = (u32, u32, i32);

/// What to leave out.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Names that objects may not begin with, such as the schema and table that hold the history of migrations.
    pub without: Vec<Vec<String>>,
    /// What is compared of the rest.
    pub selection: Selection,
    /// Whether owners are left out of comparisons.
    pub without_owners: bool,
    /// Whether privileges are left out of comparisons.
    pub without_privileges: bool,
    /// Whether settings of the database are left out of comparisons.
    pub without_settings: bool,
}

impl Scope {
    /// Whether the objects of this kind are left out.
    pub fn leaves_out(&self, entry: &Entry) -> bool {
        match entry.concern {
            Concern::Schema => false,
            Concern::Privileges => self.without_privileges,
            Concern::DatabaseSettings => self.without_settings,
        }
    }
}

/// One consistent view, with everything spelled in full.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = '';
SET LOCAL quote_all_identifiers = off;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL jit = off;
SET LOCAL TimeZone = 'UTC';
SET LOCAL DateStyle = 'ISO, MDY';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex'";

/// Reads all objects of the database, with their edges. What other systems of migrations keep for themselves is nobody's
/// schema, and left out.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn introspect(client: &Client, scope: &Scope) -> Result<Catalog> {
    Reader { client, prepared: HashMap::new() }.read(scope).await
}

/// Reads one database more than once. With few objects, most of the time goes into planning the queries, which happens
/// once.
#[derive(Debug)]
pub struct Reader<'a> {
    client: &'a Client,
    prepared: HashMap<String, Statement>,
}

impl<'a> Reader<'a> {
    /// A reader with all of its queries prepared in this session.
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn new(client: &'a Client) -> Result<Reader<'a>> {
        let prepared = in_one_view(client, async {
            let statements = queries().map(|query| async move {
                let statement = client.prepare(&query).await.map_err(failed)?;
                Ok((query, statement))
            });
            try_join_all(statements).await
        });
        Ok(Reader { client, prepared: prepared.await?.into_iter().collect() })
    }

    /// See [`introspect`].
    ///
    /// # Errors
    /// Of kind `Catalog`, with what the server says.
    pub async fn read(&self, scope: &Scope) -> Result<Catalog> {
        in_one_view(self.client, read(self, scope)).await
    }

    async fn ask(&self, query: &str) -> Result<Vec<tokio_postgres::Row>> {
        let rows = match self.prepared.get(query) {
            Some(statement) => self.client.query(statement, &[]).await,
            None => self.client.query_typed(query, &[]).await,
        };
        rows.map_err(failed)
    }
}

async fn in_one_view<T>(client: &Client, work: impl Future<Output = Result<T>>) -> Result<T> {
    client.batch_execute(BEGIN).await.map_err(failed)?;
    let done = work.await;
    client.batch_execute("ROLLBACK").await.map_err(failed)?;
    done
}

async fn read(reader: &Reader<'_>, scope: &Scope) -> Result<Catalog> {
    let kinds = try_join_all(REGISTRY.iter().map(|entry| async move {
        reader.ask(&framed(entry)).await.map_err(|mut error| {
            error.message = format!("reading each {}: {}", entry.name, error.message);
            error
        })
    }));
    let others = try_join_all(OTHERS.map(|query| reader.ask(query)));
    let (kinds, (others, kept)) = try_join(kinds, try_join(others, kept_by_others(reader.client))).await?;
    let [dependencies, comments, labels, facts, casts, constraint_names, builtin, defaults] =
        <[Vec<tokio_postgres::Row>; OTHERS.len()]>::try_from(others).expect("each query gives an answer");

    let edges: Vec<(Location, Location, u8)> = dependencies
        .iter()
        .map(|row| {
            let deptype: i8 = row.get(6);
            (
                (row.get(0), row.get(1), row.get(2)),
                (row.get(3), row.get(4), row.get(5)),
                deptype.cast_unsigned(),
            )
        })
        .collect();
    let satellites = Satellites::new(&comments, &labels);
    let mut loaded = Loaded::default();
    for (entry, rows) in REGISTRY.iter().zip(kinds) {
        for row in rows {
            loaded.add(entry, &Row(row), &satellites)?;
        }
    }
    let facts = Facts {
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
    };
    let without = [scope.without.as_slice(), &kept].concat();
    Ok(loaded.catalog(&edges, &Scope { without, ..scope.clone() }, facts))
}

/// The sizes in bytes of these tables of `catalog`, partitions counted with their parents.
///
/// # Errors
/// Of kind `Catalog`, with what the server says.
pub async fn table_sizes(
    client: &Client,
    catalog: &Catalog,
    tables: &[&Address],
) -> Result<BTreeMap<Address, u64>> {
    let found = tables.iter().filter_map(|table| Some((*table, catalog.objects.get(*table)?)));
    let (addresses, names): (Vec<&Address>, Vec<&str>) =
        found.map(|(address, object)| (address, object.identity.as_str())).unzip();
    let rows = client.query(TABLE_SIZES, &[&names]).await.map_err(failed)?;
    Ok(rows
        .iter()
        .map(|row| {
            let (place, size): (i64, i64) = (row.get(0), row.get(1));
            (addresses[usize::try_from(place).unwrap_or(1) - 1].clone(), size.cast_unsigned())
        })
        .collect())
}

const TABLE_SIZES: &str = "SELECT t.place, coalesce(sum(pg_table_size(c.oid)), 0)::bigint
FROM unnest($1::text[]) WITH ORDINALITY AS t (name, place)
JOIN pg_class AS r ON r.oid = to_regclass(t.name)
LEFT JOIN LATERAL pg_partition_tree(r.oid) AS p ON r.relkind = 'p'
LEFT JOIN pg_class AS c ON c.oid = coalesce(p.relid, r.oid) AND c.relkind IN ('r', 'm')
GROUP BY t.place";

/// Every text that a catalog is read with: catalogs that others have read may mean something else.
pub fn texts() -> impl Iterator<Item = String> {
    queries().chain([BEGIN.to_owned()])
}

fn queries() -> impl Iterator<Item = String> {
    REGISTRY.iter().map(framed).chain(OTHERS.map(str::to_owned))
}

/// The kind's query in its frame.
fn framed(entry: &Entry) -> String {
    let (names, naming) = if entry.named {
        ("", "")
    } else {
        (
            "n.type AS class, n.object_names AS names, n.object_args AS args, i.identity,",
            "CROSS JOIN LATERAL pg_identify_object_as_address(k.classid, k.objid, k.objsubid) AS n
             CROSS JOIN LATERAL pg_identify_object(k.classid, k.objid, k.objsubid) AS i",
        )
    };
    include_str!("frame.sql")
        .replace("{query}", entry.query)
        .replace("{names}", names)
        .replace("{naming}", naming)
}

/// What is asked besides the kinds.
const OTHERS: [&str; 8] =
    [DEPENDENCIES, COMMENTS, LABELS, FACTS, CASTS, CONSTRAINT_NAMES, BUILTIN_PRIVILEGES, DEFAULT_PRIVILEGES];

const DEPENDENCIES: &str = "SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype
FROM pg_depend
WHERE objid >= 16384 AND (refobjid >= 16384 OR refclassid = 'pg_namespace'::regclass)";

const COMMENTS: &str = "SELECT classoid, objoid, objsubid, description
FROM pg_description
WHERE objoid >= 16384 OR classoid = 'pg_namespace'::regclass";

const LABELS: &str = "SELECT classoid, objoid, objsubid, provider, label
FROM pg_seclabel ORDER BY provider";

const FACTS: &str = "SELECT current_setting('server_version_num')::integer, current_user::text";

const CASTS: &str =
    "SELECT format_type(castsource, NULL), format_type(casttarget, NULL), castcontext FROM pg_cast";

/// From PostgreSQL 18 on, where NOT NULL has a name: a table keeps that of its constraint when it is renamed, and then the
/// server chooses another for its successor.
const CONSTRAINT_NAMES: &str = "SELECT n.nspname::text, k.conname::text
FROM pg_constraint AS k
JOIN pg_namespace AS n ON n.oid = k.connamespace
LEFT JOIN pg_class AS c ON c.oid = k.conrelid
LEFT JOIN pg_attribute AS a ON k.contype = 'n' AND a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.conname LIKE '%\\_not\\_null' AND k.oid >= 16384
    AND k.conname IS DISTINCT FROM format('%s_%s_not_null', c.relname, a.attname)
    AND current_setting('server_version_num')::integer >= 180000";

/// The letters of `acldefault`, each with what it gives to an owner (here: the role with the lowest oid) and to all.
const BUILTIN_PRIVILEGES: &str = "SELECT letter, a.grantee = 10, NULL::name, a.privilege_type, a.is_grantable
FROM unnest('{c,r,s,d,f,l,L,n,t,F,S,T}'::\"char\"[]) AS letter,
    aclexplode(acldefault(letter, 10)) AS a";

const DEFAULT_PRIVILEGES: &str =
    "SELECT pg_get_userbyid(d.defaclrole)::text, n.nspname::text, d.defaclobjtype,
    a.grantee = d.defaclrole, r.rolname, a.privilege_type, a.is_grantable
FROM pg_default_acl AS d
LEFT JOIN pg_namespace AS n ON n.oid = d.defaclnamespace,
    aclexplode(d.defaclacl) AS a
LEFT JOIN pg_roles AS r ON r.oid = a.grantee";

fn failed(error: tokio_postgres::Error) -> Error {
    Error::server(ErrorKind::Catalog, error)
}

/// The letter of a class as grants know it; `pg_default_acl` writes sequences in upper case.
fn letter(letter: i8) -> char {
    match char::from(letter.cast_unsigned()) {
        'S' => 's',
        letter => letter,
    }
}

fn given((owner, role, word, grantable, grantor): Granted) -> Privilege {
    Privilege { grantor, ..privilege(owner, role, word, grantable) }
}

fn privilege(owner: bool, role: Option<String>, privilege: String, grantable: bool) -> Privilege {
    let grantee = match role {
        _ if owner => Grantee::Owner,
        Some(name) => Grantee::Role(name),
        None => Grantee::Public,
    };
    Privilege { grantee, privilege, grantable, grantor: None }
}

/// Comments and labels by location.
struct Satellites {
    comments: HashMap<Location, String>,
    labels: HashMap<Location, Vec<SecurityLabel>>,
}

impl Satellites {
    fn new(comments: &[tokio_postgres::Row], labels: &[tokio_postgres::Row]) -> Satellites {
        let mut by_location: HashMap<Location, Vec<SecurityLabel>> = HashMap::new();
        for row in labels {
            let label = SecurityLabel { provider: row.get(3), label: row.get(4) };
            by_location.entry((row.get(0), row.get(1), row.get(2))).or_default().push(label);
        }
        let comments =
            comments.iter().map(|row| ((row.get(0), row.get(1), row.get(2)), row.get(3))).collect();
        Satellites { comments, labels: by_location }
    }
}

/// Objects as they come in, before their edges are known.
#[derive(Default)]
struct Loaded {
    objects: Vec<(Address, Object)>,
    locations: Vec<Location>,
    at: HashMap<Location, usize>,
    /// For each link: itself, what hangs on what.
    links: Vec<(usize, Location, Location)>,
    /// What links need, or are a part of, besides their two ends.
    needed: Vec<(usize, Location, Tie)>,
    /// What a table has from its parent, and the parent's own.
    inherited: Vec<(Location, Location)>,
}

impl Loaded {
    fn add(&mut self, entry: &Entry, row: &Row, satellites: &Satellites) -> Result<()> {
        let location = (row.get("classid"), row.get("objid"), row.get("objsubid"));
        let address = Address { class: row.get("class"), names: row.get("names"), args: row.get("args") };
        let object = Object {
            identity: row.get("identity"),
            owner: row.get("owner_name"),
            comment: satellites.comments.get(&location).cloned(),
            privileges: row.get::<Option<tokio_postgres::types::Json<Vec<Granted>>>>("privileges").map(
                |granted| {
                    let mut all: Vec<_> = granted.0.into_iter().map(given).collect();
                    all.sort();
                    all
                },
            ),
            labels: satellites.labels.get(&location).cloned().unwrap_or_default(),
            occupies: row.0.try_get("occupies").unwrap_or_default(),
            body: (entry.read)(row)?,
        };
        let index = self.objects.len();
        if entry.link {
            let end = |side: &str| {
                let part = |name: &str| format!("{side}_{name}");
                (row.get(&part("class")), row.get(&part("id")), row.get(&part("sub")))
            };
            self.links.push((index, end("dependent"), end("required")));
        }
        for (column, tie) in [("needs", Tie::Needs), ("goes_with", Tie::Part)] {
            for place in row.0.try_get::<_, Vec<i64>>(column).unwrap_or_default().chunks_exact(3) {
                let number = |at: usize| u32::try_from(place[at]).unwrap_or(0);
                let sub = i32::try_from(place[2]).unwrap_or(0);
                self.needed.push((index, (number(0), number(1), sub), tie));
            }
        }
        if let Ok(origins) = row.0.try_get::<_, Vec<i64>>("inherited_from") {
            for origin in origins.chunks_exact(2) {
                let origin = (
                    location.0,
                    u32::try_from(origin[0]).unwrap_or(0),
                    i32::try_from(origin[1]).unwrap_or(0),
                );
                self.inherited.push((location, origin));
            }
        }
        self.locations.push(location);
        self.at.insert(location, index);
        self.objects.push((address, object));
        Ok(())
    }

    fn catalog(self, edges: &[(Location, Location, u8)], scope: &Scope, facts: Facts) -> Catalog {
        let stands_for = |wanted: u8| -> HashMap<Location, Location> {
            let edges = edges.iter().filter(|(_, _, deptype)| *deptype == wanted);
            edges.map(|&(dependent, required, _)| (dependent, required)).collect()
        };
        let (internal, cloned, member) = (stands_for(b'i'), stands_for(b'P'), stands_for(b'e'));
        // What we did not load stands for what it is internal to, or for the whole it is a column of.
        let resolve = |mut location: Location| {
            // No chain is longer; a circle would be.
            for _ in 0..32 {
                if let Some(&index) = self.at.get(&location) {
                    return Some(index);
                }
                match internal.get(&location) {
                    Some(&stands_for) => location = stands_for,
                    None if location.2 != 0 => location.2 = 0,
                    None => return None,
                }
            }
            None
        };
        // What requires a member of an extension requires the extension.
        let extension = |mut location: Location| {
            for _ in 0..32 {
                if let Some(extension) = member.get(&location) {
                    return self.at.get(extension).copied();
                }
                match internal.get(&location) {
                    Some(&stands_for) => location = stands_for,
                    None if location.2 != 0 => location.2 = 0,
                    None => return None,
                }
            }
            None
        };
        // What a partition has because its parent has it is required as the parent's.
        let resolve_required = |location: Location| {
            let mut original = location;
            while !self.at.contains_key(&original)
                && let Some(&next) = cloned.get(&original)
            {
                original = next;
            }
            extension(original).or_else(|| resolve(original))
        };
        let linked: HashSet<(usize, usize)> = self
            .links
            .iter()
            .filter_map(|&(_, dependent, required)| Some((resolve(dependent)?, resolve(required)?)))
            .collect();
        let mut requires = HashSet::new();
        let mut members = HashSet::new();
        for &(mut dependent, required, deptype) in edges {
            if deptype == b'e' {
                members.extend(self.at.get(&dependent));
                continue;
            }
            // What an extension's object holds is the extension's too, unless it holds rows of its own.
            if matches!(deptype, b'a' | b'i')
                && extension(required).is_some()
                && let Some(&part) = self.at.get(&dependent)
                && !self.objects[part].1.body.entry().holds_data
            {
                members.insert(part);
            }
            let formed = |&index: &usize| self.objects[index].1.body.entry().formed_by_whole;
            if self.at.get(&dependent).is_some_and(formed) {
                dependent.2 = 0;
            }
            let (Some(dependent), Some(required)) = (resolve(dependent), resolve_required(required)) else {
                continue;
            };
            if dependent == required {
                continue;
            }
            let tie = match deptype {
                // A link between the two says the same; what is left is that one goes with the other.
                b'n' if linked.contains(&(dependent, required)) => continue,
                _ if linked.contains(&(dependent, required)) => Tie::Follows,
                // Keys that are linked say it for the indexes behind them.
                b'P' => continue,
                b'a' | b'i' | b'S' => Tie::Part,
                _ => Tie::Needs,
            };
            requires.insert(Requires { dependent, required, tie });
        }
        // A type and the functions that read and write its values need each other: they are parts of the type.
        let mutual: Vec<Requires> = requires
            .iter()
            .filter(|edge| self.objects[edge.required].0.class == "type")
            .filter(|edge| {
                let back = Requires { dependent: edge.required, required: edge.dependent, tie: Tie::Needs };
                edge.tie == Tie::Needs && requires.contains(&back)
            })
            .copied()
            .collect();
        requires.extend(mutual.into_iter().map(|edge| Requires { tie: Tie::Part, ..edge }));
        for &(link, dependent, required) in &self.links {
            if let Some(dependent) = resolve(dependent) {
                requires.insert(Requires { dependent: link, required: dependent, tie: Tie::Part });
            }
            if let Some(required) = resolve(required) {
                requires.insert(Requires { dependent: link, required, tie: Tie::Needs });
            }
        }
        for &(link, needed, tie) in &self.needed {
            if let Some(&required) = self.at.get(&needed) {
                requires.insert(Requires { dependent: link, required, tie });
            }
        }
        // A column has no edge to its table: it is a part of it.
        for (index, &(class, id, sub)) in self.locations.iter().enumerate() {
            if sub != 0
                && let Some(required) = resolve((class, id, 0))
            {
                requires.insert(Requires { dependent: index, required, tie: Tie::Part });
            }
        }
        for &(heir, origin) in &self.inherited {
            let (Some(&heir), Some(&origin)) = (self.at.get(&heir), self.at.get(&origin)) else { continue };
            // A typed table has its columns from the attributes of its type, and from nothing else.
            let alike = self.objects[heir].0.class == self.objects[origin].0.class;
            let tie = if alike { Tie::Inherited } else { Tie::Part };
            requires.insert(Requires { dependent: heir, required: origin, tie });
        }
        self.within(scope, members, requires, facts)
    }

    /// Leaves out, with their parts, the wholes that the selection does not take. Of what stays, what something left out
    /// needs is returned, with the names of that.
    fn deselect(
        &self,
        scope: &Scope,
        parts: &HashMap<usize, Vec<usize>>,
        requires: &HashSet<Requires>,
        out: &mut HashSet<usize>,
    ) -> BTreeMap<Address, Vec<String>> {
        if scope.selection.is_all() {
            return BTreeMap::new();
        }
        let mut schemas: HashMap<usize, &str> = HashMap::new();
        for edge in requires.iter().filter(|edge| self.objects[edge.required].0.class == "schema") {
            let (object, schema) = (&self.objects[edge.dependent].1, &self.objects[edge.required].1.identity);
            if object.identity.strip_prefix(schema.as_str()).is_some_and(|rest| rest.starts_with('.')) {
                schemas.insert(edge.dependent, schema);
            }
        }
        let part: HashSet<usize> = parts.values().flatten().copied().collect();
        let mut left_out = HashSet::new();
        let mut next: Vec<usize> = (0..self.objects.len())
            .filter(|index| !part.contains(index) && !out.contains(index))
            .filter(|index| {
                let object = &self.objects[*index].1;
                let spelled = object.to_string();
                let schema = schemas.get(index).copied().unwrap_or(&object.identity);
                !scope.selection.takes(&[&object.identity, &spelled, schema])
            })
            .collect();
        while let Some(index) = next.pop() {
            if left_out.insert(index) {
                next.extend(parts.get(&index).into_iter().flatten());
            }
        }
        let mut held: BTreeMap<Address, Vec<String>> = BTreeMap::new();
        for edge in requires.iter().filter(|edge| left_out.contains(&edge.dependent)) {
            if !left_out.contains(&edge.required) && !out.contains(&edge.required) {
                let holders = held.entry(self.objects[edge.required].0.clone()).or_default();
                holders.push(self.objects[edge.dependent].1.to_string());
            }
        }
        out.extend(left_out);
        held
    }

    /// Leaves out members of extensions and what is out of scope, with all their parts.
    fn within(
        self,
        scope: &Scope,
        members: HashSet<usize>,
        requires: HashSet<Requires>,
        facts: Facts,
    ) -> Catalog {
        let hanging = |tie: Tie| {
            let mut hanging: HashMap<usize, Vec<usize>> = HashMap::new();
            for edge in requires.iter().filter(|edge| edge.tie == tie) {
                hanging.entry(edge.required).or_default().push(edge.dependent);
            }
            hanging
        };
        let (parts, owned) = (hanging(Tie::Part), hanging(Tie::Follows));
        let is_named = |address: &Address, object: &Object| {
            scope.without.iter().any(|names| address.names.starts_with(names))
                || scope.leaves_out(object.body.entry())
        };
        let named =
            self.objects.iter().enumerate().filter(|(_, (address, object))| is_named(address, object));
        let named = named.map(|(index, _)| (index, true));
        let mut out = HashSet::new();
        let mut next: Vec<(usize, bool)> =
            members.into_iter().map(|index| (index, false)).chain(named).collect();
        while let Some((index, is_named)) = next.pop() {
            if out.insert(index) {
                // The sequences of a table are named after it, but not by it.
                let owned = owned.get(&index).filter(|_| is_named);
                let along = [parts.get(&index), owned].into_iter().flatten().flatten();
                next.extend(along.map(|index| (*index, is_named)));
            }
        }
        let held = self.deselect(scope, &parts, &requires, &mut out);
        let mut place = vec![usize::MAX; self.objects.len()];
        let mut objects = IndexMap::with_capacity(self.objects.len() - out.len());
        for (index, (address, mut object)) in self.objects.into_iter().enumerate() {
            if let (Some(found), Some(class)) = (&object.privileges, object.body.entry().privileges) {
                let mut born: Vec<_> =
                    facts.builtin_privileges.iter().filter(|(of, _)| *of == class).collect();
                born.sort();
                if born.into_iter().map(|(_, privilege)| privilege).eq(found) {
                    object.privileges = None;
                }
            }
            if !out.contains(&index) {
                place[index] = objects.insert_full(address, object).0;
            }
        }
        let requires = requires
            .into_iter()
            .map(|edge| Requires {
                dependent: place[edge.dependent],
                required: place[edge.required],
                tie: edge.tie,
            })
            .filter(|edge| edge.dependent != usize::MAX && edge.required != usize::MAX)
            .collect();
        let mut catalog = Catalog::new(objects, requires, facts);
        catalog.held = held;
        catalog.forget(scope.without_owners, scope.without_privileges);
        catalog
    }
}

/// Whether the grantee is the owner, its role, the privilege, whether it may be granted on, and who gave it if not the
/// owner.
type Granted = (bool, Option<String>, String, bool, Option<String>);
