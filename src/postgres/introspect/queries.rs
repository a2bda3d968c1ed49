//! What is asked of the server besides the kinds' own queries, and the frame around those.

use super::super::kinds::REGISTRY;
use crate::kind::Entry;

/// One consistent view, with everything spelled in full.
pub const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = '';
SET LOCAL quote_all_identifiers = off;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL jit = off;
SET LOCAL work_mem = '64MB';
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL TimeZone = 'UTC';
SET LOCAL DateStyle = 'ISO, MDY';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex'";

/// Every text that a catalog is read with: catalogs that others have read may mean something else.
pub fn texts() -> impl Iterator<Item = String> {
    queries().chain([BEGIN.to_owned()])
}

/// Every query among them.
pub fn queries() -> impl Iterator<Item = String> {
    let others = OTHERS.into_iter().chain([DEPENDENCIES, MENTIONS]);
    REGISTRY.iter().map(framed).chain(others.map(str::to_owned))
}

/// What the names of options and settings look like whose values are secrets, as SQL spells a regular expression. They are
/// never read.
const SECRET: &str = "'(password|passwd|passphrase|secret|token|credential)(?!_required)'";

/// The kind's query as the server takes it.
pub fn spelled(entry: &Entry) -> String {
    entry.query.replace("{secret}", SECRET)
}

/// The kind's query in its frame.
pub fn framed(entry: &Entry) -> String {
    let (names, naming) = if entry.named {
        ("", "")
    } else {
        (
            "n.type AS class, n.object_names AS names, n.object_args AS args, i.identity,",
            "CROSS JOIN LATERAL pg_identify_object_as_address(k.classid, k.objid, k.objsubid) AS n
             CROSS JOIN LATERAL pg_identify_object(k.classid, k.objid, k.objsubid) AS i",
        )
    };
    include_str!("../frame.sql")
        .replace("{query}", &spelled(entry))
        .replace("{names}", names)
        .replace("{naming}", naming)
}

/// What is asked besides the kinds and their edges.
pub const OTHERS: [&str; 8] =
    [COMMENTS, LABELS, ROLES, FACTS, CASTS, CONSTRAINT_NAMES, BUILTIN_PRIVILEGES, DEFAULT_PRIVILEGES];

/// Every edge between what is not the server's own.
pub const DEPENDENCIES: &str = "SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype
FROM pg_depend
WHERE objid >= 16384";

/// What mentions a role, as owner, grantee or in a policy. Only asked where roles are compared.
pub const MENTIONS: &str = "SELECT classid, objid, objsubid, refclassid, refobjid, 0, 'r'::\"char\"
FROM pg_shdepend
WHERE dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND refclassid = 'pg_authid'::regclass";

const COMMENTS: &str = "SELECT classoid, objoid, objsubid, description
FROM pg_description
WHERE objoid >= 16384 OR classoid = 'pg_namespace'::regclass
UNION ALL
SELECT classoid, objoid, 0, description FROM pg_shdescription WHERE classoid = 'pg_authid'::regclass";

const LABELS: &str = "SELECT classoid, objoid, objsubid, provider, label
FROM pg_seclabel
UNION ALL
SELECT classoid, objoid, 0, provider, label FROM pg_shseclabel WHERE classoid = 'pg_authid'::regclass
ORDER BY provider";

const ROLES: &str = "SELECT oid, rolname FROM pg_roles";

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
