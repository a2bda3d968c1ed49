//! The rows of system catalogs as they are, with names in place of oids. It shares no query with the program: which
//! columns there are is told by the server, which of them matter by the ledger, and what an oid means by
//! `pg_get_catalog_foreign_keys`.

use std::collections::{BTreeMap, BTreeSet};

use schemadiff::postgres::ledger::{TEXT, Verdict, parse};
use tokio_postgres::Client;

/// How the rows of a server's catalogs are read.
pub struct Reader(String);

/// One row each, as JSON with the catalog's name before it.
pub type Rows = BTreeSet<String>;

/// A column of the server, as it describes itself.
struct Column {
    name: String,
    data_type: String,
    /// What its number, or each of its numbers, points at.
    points_at: Option<Reference>,
}

struct Reference {
    catalog: String,
    /// Where the number is that of a column: the column that says of which relation.
    relation: Option<String>,
    is_array: bool,
}

/// Columns that say nothing by themselves, or not in their own order; each with what is read in their stead.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("pg_attribute", "attnum", "CASE WHEN (SELECT c.relkind IN ('v', 'm', 'c', 'i', 'I') FROM pg_class AS c WHERE c.oid = r.attrelid)
        THEN (SELECT count(*) FROM pg_attribute AS a WHERE a.attrelid = r.attrelid AND NOT a.attisdropped AND a.attnum BETWEEN 1 AND r.attnum) END"),
    // A column of an index keeps the name that the table's had when the index was made; what it is of is told by its
    // definition.
    ("pg_attribute", "attname", "CASE WHEN (SELECT c.relkind IN ('i', 'I') FROM pg_class AS c WHERE c.oid = r.attrelid)
        THEN pg_get_indexdef(r.attrelid, r.attnum, false) ELSE r.attname END"),
    // What is granted by itself may also be said.
    ("pg_class", "relacl", "ARRAY(SELECT x::text FROM unnest(coalesce(r.relacl,
        acldefault(CASE r.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", r.relowner))) AS x ORDER BY 1)"),
    ("pg_namespace", "nspacl", "ARRAY(SELECT x::text FROM unnest(coalesce(r.nspacl, acldefault('n', r.nspowner))) AS x ORDER BY 1)"),
    ("pg_type", "typacl", "ARRAY(SELECT x::text FROM unnest(coalesce(r.typacl, acldefault('T', r.typowner))) AS x ORDER BY 1)"),
    ("pg_proc", "proacl", "ARRAY(SELECT x::text FROM unnest(coalesce(r.proacl, acldefault('f', r.proowner))) AS x ORDER BY 1)"),
    // It says nothing of keys.
    ("pg_constraint", "connoinherit", "CASE WHEN r.contype IN ('c', 'n') THEN r.connoinherit END"),
    ("pg_db_role_setting", "setdatabase", "r.setdatabase = 0"),
    ("pg_db_role_setting", "setrole", "nullif(r.setrole, 0)::regrole::text"),
    ("pg_subscription", "subdbid", "NULL"),
    ("pg_class", "reltoastrelid", "(SELECT t.reloptions FROM pg_class AS t WHERE t.oid = r.reltoastrelid)"),
    ("pg_class", "relpartbound", "pg_get_expr(r.relpartbound, r.oid)"),
    ("pg_attrdef", "adbin", "pg_get_expr(r.adbin, r.adrelid)"),
    ("pg_constraint", "conbin", "pg_get_expr(r.conbin, r.conrelid)"),
    ("pg_constraint", "conkey", "ARRAY(SELECT a.attname FROM unnest(r.conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute AS a ON a.attrelid = r.conrelid AND a.attnum = k.number
        ORDER BY CASE WHEN r.contype <> 'c' THEN k.place END, a.attname)"),
    ("pg_constraint", "confdelsetcols", "ARRAY(SELECT a.attname FROM pg_attribute AS a
        WHERE a.attrelid = r.conrelid AND a.attnum = ANY (r.confdelsetcols) ORDER BY 1)"),
    ("pg_depend", "classid", "(pg_identify_object(r.classid, r.objid, r.objsubid)).type"),
    ("pg_depend", "objid", "(pg_identify_object(r.classid, r.objid, r.objsubid)).identity"),
    ("pg_depend", "objsubid", "NULL"),
    ("pg_depend", "refclassid", "(pg_identify_object(r.refclassid, r.refobjid, r.refobjsubid)).type"),
    ("pg_depend", "refobjid", "(pg_identify_object(r.refclassid, r.refobjid, r.refobjsubid)).identity"),
    ("pg_depend", "refobjsubid", "NULL"),
    ("pg_description", "objoid", "(pg_identify_object(r.classoid, r.objoid, r.objsubid)).identity"),
    ("pg_description", "objsubid", "NULL"),
    ("pg_seclabel", "objoid", "(pg_identify_object(r.classoid, r.objoid, r.objsubid)).identity"),
    ("pg_seclabel", "objsubid", "NULL"),
    ("pg_shdescription", "objoid", "(pg_identify_object(r.classoid, r.objoid, 0)).identity"),
    ("pg_shseclabel", "objoid", "(pg_identify_object(r.classoid, r.objoid, 0)).identity"),
    // For ever is the same as never having been told until when.
    ("pg_authid", "rolvaliduntil", "nullif(r.rolvaliduntil, 'infinity')"),
    ("pg_enum", "enumsortorder", "(SELECT count(*) FROM pg_enum AS e WHERE e.enumtypid = r.enumtypid AND e.enumsortorder <= r.enumsortorder)"),
    ("pg_index", "indexprs", "pg_get_expr(r.indexprs, r.indrelid)"),
    ("pg_index", "indpred", "pg_get_expr(r.indpred, r.indrelid)"),
    ("pg_partitioned_table", "partexprs", "pg_get_expr(r.partexprs, r.partrelid)"),
    ("pg_policy", "polqual", "pg_get_expr(r.polqual, r.polrelid)"),
    ("pg_policy", "polwithcheck", "pg_get_expr(r.polwithcheck, r.polrelid)"),
    ("pg_policy", "polroles", "ARRAY(SELECT pg_get_userbyid(role) FROM unnest(r.polroles) AS role ORDER BY 1)"),
    ("pg_proc", "proargdefaults", "pg_get_expr(r.proargdefaults, 0)"),
    ("pg_proc", "prosqlbody", "pg_get_function_sqlbody(r.oid)"),
    ("pg_publication_rel", "prattrs", "ARRAY(SELECT a.attname FROM pg_attribute AS a
        WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs) ORDER BY 1)"),
    ("pg_publication_rel", "prqual", "pg_get_expr(r.prqual, r.prrelid)"),
    ("pg_rewrite", "ev_qual", "NULL"),
    ("pg_rewrite", "ev_action", "pg_get_ruledef(r.oid)"),
    ("pg_statistic_ext", "stxexprs", "pg_get_expr(r.stxexprs, r.stxrelid)"),
    ("pg_statistic_ext", "stxkeys", "ARRAY(SELECT a.attname FROM pg_attribute AS a
        WHERE a.attrelid = r.stxrelid AND a.attnum = ANY (r.stxkeys) ORDER BY 1)"),
    ("pg_trigger", "tgqual", "pg_get_triggerdef(r.oid)"),
    ("pg_type", "typdefaultbin", "pg_get_expr(r.typdefaultbin, 0)"),
];

/// Which rows of a catalog are meant, where `oid` does not say.
const MEANT: &[(&str, &str)] = &[
    ("pg_aggregate", "r.aggfnoid >= 16384"),
    ("pg_attribute", "r.attrelid >= 16384 AND r.attnum > 0 AND NOT r.attisdropped"),
    // A NOT NULL that a child has from its parent keeps the name that it was given first.
    ("pg_constraint", "r.oid >= 16384 AND (r.contype <> 'n' OR r.coninhcount = 0)"),
    (
        "pg_db_role_setting",
        "r.setdatabase IN (0, (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()))",
    ),
    (
        "pg_depend",
        "r.objid >= 16384 AND NOT EXISTS (SELECT FROM pg_constraint AS c
            WHERE r.classid = c.tableoid AND r.objid = c.oid AND c.contype = 'n' AND c.coninhcount > 0)
        -- What stands for a foreign key is tied otherwise where its table was attached than where it was made as a partition.
        AND NOT EXISTS (SELECT FROM pg_trigger AS t WHERE r.classid = t.tableoid AND r.objid = t.oid AND t.tgconstraint <> 0
            AND t.tgisinternal)",
    ),
    ("pg_description", "r.objoid >= 16384 OR r.classoid = 'pg_namespace'::regclass"),
    ("pg_auth_members", "r.member >= 16384"),
    ("pg_foreign_table", "r.ftrelid >= 16384"),
    ("pg_index", "r.indexrelid >= 16384"),
    ("pg_inherits", "r.inhrelid >= 16384"),
    ("pg_namespace", "r.oid >= 16384 AND r.nspname !~ '^pg_' OR r.nspname = 'public'"),
    ("pg_partitioned_table", "r.partrelid >= 16384"),
    ("pg_range", "r.rngtypid >= 16384"),
    ("pg_seclabel", "true"),
    ("pg_shdescription", "r.classoid = 'pg_authid'::regclass AND r.objoid >= 16384"),
    ("pg_shseclabel", "r.classoid = 'pg_authid'::regclass"),
    ("pg_sequence", "r.seqrelid >= 16384"),
    (
        "pg_subscription",
        "r.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())",
    ),
    ("pg_ts_config_map", "r.mapcfg >= 16384"),
];

impl Reader {
    /// How to read the rows of this server's catalogs.
    pub async fn new(client: &Client) -> Reader {
        let ignored: BTreeSet<(String, String)> = parse(TEXT)
            .unwrap()
            .into_iter()
            .filter(|line| matches!(line.verdict, Verdict::Ignored(_)))
            .map(|line| (line.column.catalog, line.column.name))
            .collect();
        let mut queries = Vec::new();
        for (catalog, columns) in columns(client).await {
            let fields: Vec<String> = columns
                .iter()
                .filter_map(|column| {
                    let read =
                        match INSTEAD.iter().find(|(of, name, _)| *of == catalog && *name == column.name) {
                            Some((_, _, instead)) => (*instead).to_owned(),
                            None if ignored.contains(&(catalog.clone(), column.name.clone())) => return None,
                            None => column.read(&catalog),
                        };
                    Some(format!("'{}', {read}", column.name))
                })
                .collect();
            // A function takes no more than a hundred arguments.
            let parts: Vec<String> =
                fields.chunks(40).map(|part| format!("jsonb_build_object({})", part.join(", "))).collect();
            let meant =
                MEANT.iter().find(|(of, _)| *of == catalog).map_or("r.oid >= 16384", |(_, meant)| meant);
            if !parts.is_empty() {
                queries.push(format!(
                    "SELECT '{catalog} ' || ({})::text FROM {catalog} AS r WHERE {meant}",
                    parts.join(" || ")
                ));
            }
        }
        Reader(queries.join("\nUNION ALL "))
    }

    /// The rows of a database of this server. What is stored beside a table, out of line, is not told: whether there
    /// is such a place depends on what the table once was.
    pub async fn rows(&self, client: &Client) -> Rows {
        client.batch_execute("SET search_path = ''; SET jit = off").await.unwrap();
        let rows = client.query_typed(&self.0, &[]).await.unwrap_or_else(|error| panic!("{error:?}"));
        let texts = rows.iter().map(|row| without_numbers(row.get(0)));
        texts.filter(|text| !text.contains("pg_toast.")).collect()
    }
}

impl Column {
    /// The expression that reads it.
    fn read(&self, catalog: &str) -> String {
        let name = format!("r.{}", self.name);
        let Some(reference) = &self.points_at else {
            return match self.data_type.as_str() {
                "oid" if self.name == "oid" => {
                    format!("(pg_identify_object('{catalog}'::regclass, {name}, 0)).identity")
                }
                "aclitem[]" => format!("ARRAY(SELECT x::text FROM unnest({name}) AS x ORDER BY 1)"),
                "text[]" if self.name.ends_with("options") || self.name.ends_with("config") => {
                    format!("ARRAY(SELECT x FROM unnest({name}) AS x ORDER BY 1)")
                }
                _ => format!("{name}::text"),
            };
        };
        let one = |value: &str| match &reference.relation {
            Some(relation) => format!(
                "(SELECT a.attname FROM pg_attribute AS a WHERE a.attrelid = r.{relation} AND a.attnum = {value})"
            ),
            None => format!("(pg_identify_object('{}'::regclass, {value}, 0)).identity", reference.catalog),
        };
        match reference.is_array {
            true => format!(
                "ARRAY(SELECT {} FROM unnest({name}) WITH ORDINALITY AS x (value, place) ORDER BY x.place)",
                one("x.value")
            ),
            false => one(&name),
        }
    }
}

/// The columns of the catalogs of this server, by catalog.
async fn columns(client: &Client) -> BTreeMap<String, Vec<Column>> {
    let rows = client.query(COLUMNS, &[]).await.unwrap();
    let mut catalogs: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for row in rows {
        let points_at = row.get::<_, Option<String>>(3).map(|catalog| Reference {
            catalog,
            relation: row.get(4),
            is_array: row.get(5),
        });
        let column = Column { name: row.get(1), data_type: row.get(2), points_at };
        catalogs.entry(row.get(0)).or_default().push(column);
    }
    catalogs
}

const COLUMNS: &str = "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL),
    f.pktable::regclass::text, CASE WHEN cardinality(f.fkcols) = 2 THEN f.fkcols[1] END, f.is_array
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
LEFT JOIN pg_get_catalog_foreign_keys() AS f
    ON f.fktable = c.oid AND f.fkcols[cardinality(f.fkcols)] = a.attname
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND c.oid < 16384
ORDER BY 1, a.attnum";

/// The text without the oids that the server puts into the names of triggers that it makes for constraints.
fn without_numbers(text: &str) -> String {
    let mut parts = text.split("ConstraintTrigger_");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.trim_start_matches(|c: char| c.is_ascii_digit() || "ac_".contains(c));
        plain.push_str("ConstraintTrigger_");
        plain.push_str(name);
    }
    plain
}

/// What differs between the rows of two databases: where a row has its like on the other side, only the fields.
pub fn difference(migrated: &Rows, loaded: &Rows) -> Vec<String> {
    let mut others: Vec<&String> = loaded.difference(migrated).collect();
    let mut told = Vec::new();
    for row in migrated.difference(loaded) {
        let like = others.iter().position(|other| label(other) == label(row));
        told.push(match like {
            Some(place) => {
                let (one, other) = (fields(row), fields(others.remove(place)));
                let differing = one.iter().filter(|(name, value)| other.get(*name) != Some(value));
                let differing: Vec<String> = differing
                    .map(|(name, value)| format!("{name} {value}, loaded {}", other[name]))
                    .collect();
                format!("{}: {}", label(row), differing.join("; "))
            }
            None => format!("only migrated: {row}"),
        });
    }
    told.extend(others.into_iter().map(|row| format!("only loaded: {row}")));
    told
}

/// The catalog, and what the row is of.
fn label(row: &str) -> String {
    let fields = fields(row);
    let catalog = row.split(' ').next().unwrap_or_default();
    let named =
        ["oid", "attrelid", "attname", "indexrelid", "objid", "refobjid", "objoid", "seqrelid", "enumlabel"];
    let names: Vec<String> =
        named.iter().filter_map(|name| fields.get(*name)).map(ToString::to_string).collect();
    format!("{catalog} {}", names.join(" "))
}

fn fields(row: &str) -> serde_json::Map<String, serde_json::Value> {
    let (_, json) = row.split_once(' ').expect("the catalog's name is before the fields");
    serde_json::from_str(json).expect("the server writes JSON")
}
