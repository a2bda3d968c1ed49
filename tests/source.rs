//! Files cut, judged and ordered without a server.

use std::path::{Path, PathBuf};

use schemadiff::source::scan::scan;
use schemadiff::source::{Scope, Source, Target, without_connection};

fn read(text: &str) -> Source {
    Source::from_texts([(PathBuf::from("a.sql"), text.to_owned())])
        .unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn fails(text: &str) -> String {
    let files = [(PathBuf::from("a.sql"), text.to_owned())];
    Source::from_texts(files).map(|_| text).expect_err("this is bad").to_string()
}

fn texts(source: &Source) -> Vec<&str> {
    source.ordered().map(|statement| statement.text()).collect()
}

fn pieces(text: &str) -> Vec<&str> {
    scan(text.as_bytes()).pieces.into_iter().map(|piece| &text[piece.range]).collect()
}

#[test]
fn hard_cuts() {
    let cases: [(&str, &[&str]); 13] = [
        ("a; b;;\n;c", &["a", "b", "c"]),
        (
            "select ';', e'\\';', \";\"\";\", $x$;$$;$x$; b",
            &["select ';', e'\\';', \";\"\";\", $x$;$$;$x$", "b"],
        ),
        ("select e'a'\n  '\\';' ; b", &["select e'a'\n  '\\';'", "b"]),
        ("/* ; /* ; */ ; */ a -- ;\n ; b", &["a", "b"]),
        ("create rule r as on insert to t do (a; b); c", &["create rule r as on insert to t do (a; b)", "c"]),
        (
            "create or replace function f() returns int begin atomic select case when 1=1 then 2 end; end; b",
            &[
                "create or replace function f() returns int begin atomic select case when 1=1 then 2 end; end",
                "b",
            ],
        ),
        ("create function begin() as $$;$$; b", &["create function begin() as $$;$$; b"]),
        ("\\restrict 1a'\nselect 1;\n\\unrestrict 1a'", &["\\restrict 1a'", "select 1", "\\unrestrict 1a'"]),
        ("select 1 \\gset\nb", &["select 1", "\\gset", "b"]),
        ("copy t from stdin;\na;'\n\\.\nb;", &["copy t from stdin", "a;'\n\\.\n", "b"]),
        ("select $1;a$b$c; d", &["select $1", "a$b$c", "d"]),
        ("select 1|>2; b\r\n;", &["select 1|>2", "b"]),
        ("select 1\\; select 2;", &["select 1", "select 2"]),
    ];
    for (text, expected) in cases {
        assert_eq!(pieces(text), expected, "{text}");
    }
}

#[test]
fn what_is_open_is_told_at_its_start() {
    for (text, what, place) in [
        ("a;\n select 'b;\n c", "quoted string", "2:9"),
        ("a;\n select \"b;\n c", "quoted name", "2:9"),
        ("a;\n select $x$ b;\n c", "dollar-quoted string", "2:9"),
        ("a;\n/* b;\n c", "comment", "2:1"),
        ("a;\ncreate table ä (b int;\n create table c (d int);", "parenthesis", "2:16"),
        ("create function f() returns int\nbegin atomic select 1;", "`BEGIN` block", "2:1"),
    ] {
        let told = fails(text);
        assert!(told.starts_with(&format!("this {what} is never closed\n")), "{told}");
        assert!(told.contains(&format!("a.sql:{place}\n")), "{told}");
    }
}

#[test]
fn a_dump_is_accepted_in_silence() {
    let source = read(
        "--\n-- dump\n--\n\\restrict abc\nSET statement_timeout = 0;\nSET transaction_timeout = 0;\n\
         SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\
         SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n\
         SET default_tablespace = '';\nSET default_table_access_method = heap;\n\
         CREATE TABLE public.a (id integer);\nALTER TABLE public.a OWNER TO \"Bob\";\n\
         SELECT pg_catalog.setval('public.s', 3, true);\n\\unrestrict abc\n",
    );
    assert!(source.warnings.is_empty(), "{:?}", source.warnings);
    assert_eq!(source.statements.len(), 2);
    assert_eq!(source.roles(), ["Bob"]);
    let settings: Vec<_> =
        source.statements[0].settings.iter().map(|setting| setting.parameter.as_str()).collect();
    assert_eq!(settings, ["search_path", "default_tablespace", "default_table_access_method"]);
}

#[test]
fn rows_and_queries_are_passed_over_with_one_warning_a_file() {
    let source = read(
        "BEGIN; INSERT INTO a VALUES (1); UPDATE a SET b = 1; COPY a FROM stdin;\n1\n\\.\nSELECT 1; SELECT 2;\n\
         CREATE ROLE app; ALTER DATABASE d SET TABLESPACE x; GRANT app TO bob; COMMIT; CREATE TABLE a ();",
    );
    let messages: Vec<_> =
        source.warnings.iter().map(|warning| (warning.position.line, &warning.message)).collect();
    assert_eq!(source.warnings.len(), 4, "{messages:?}");
    assert_eq!(texts(&source), ["CREATE TABLE a ()"]);
    assert_eq!(source.cluster().count(), 3);
    let scopes: Vec<Scope> = source.cluster().map(|statement| statement.scope).collect();
    assert_eq!(scopes, [Scope::Role, Scope::Cluster, Scope::Role]);
    assert_eq!(source.roles(), ["app", "bob"]);
}

#[test]
fn settings_of_a_database_are_those_of_the_one_at_hand() {
    let source = read(
        "ALTER DATABASE plans SET work_mem = '8MB'; ALTER DATABASE \"plans\" RESET ALL;
         ALTER USER app IN DATABASE Plans SET a.b = 1; ALTER DATABASE other OWNER TO app;",
    );
    assert!(source.states_settings());
    let scratch: Vec<_> =
        source.ordered().map(|one| one.scratch_text("\"scratch 1\"").into_owned()).collect();
    assert_eq!(
        scratch,
        [
            "ALTER DATABASE \"scratch 1\" SET work_mem = '8MB'",
            "ALTER DATABASE \"scratch 1\" RESET ALL",
            "ALTER USER app IN DATABASE \"scratch 1\" SET a.b = 1",
        ]
    );
    let block = read(
        "DO $$ BEGIN EXECUTE format('ALTER ROLE \"App\" IN DATABASE %I SET a = 1', current_database()); END $$",
    );
    assert!(block.states_settings());
    assert_eq!(block.roles(), ["App"]);
    for other in
        ["ALTER DATABASE a OWNER TO b", "ALTER ROLE a SET b = 1", "DO $$ BEGIN PERFORM 1; END $$", ""]
    {
        assert!(!read(other).states_settings(), "{other}");
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    for (text, said, place) in [
        ("\n\\c other", "`\\c` is a command of psql", "2:1"),
        ("\\ir tables.sql", "all `.sql` files of the schema folder are read", "1:1"),
        ("\\gexec", "write it as SQL", "1:1"),
        ("\\encoding latin1", "UTF-8", "1:1"),
        ("SET client_encoding = latin1;", "UTF-8", "1:1"),
        ("SET standard_conforming_strings = off;", "E'…'", "1:1"),
        ("a;\n CREATE DATABASE x;", "`CREATE DATABASE x` does not belong in a schema file", "2:2"),
        ("ALTER SYSTEM SET x = 1", "about the server", "1:1"),
        (
            "ALTER DATABASE a SET b = 1;\nALTER ROLE r IN DATABASE c SET b = 1",
            "two databases, `a` and `c`",
            "2:1",
        ),
        ("BEGIN; ROLLBACK;", "says what shall be", "1:8"),
        ("VACUUM;", "about the server", "1:1"),
        ("-- schemadiff: renamd from x\nCREATE TABLE y ();", "did you mean `renamed from`?", "1:16"),
        ("-- schemadiff: frobnicate\nCREATE TABLE y ();", "known are", "1:16"),
        ("-- schemadiff: renamed from\nCREATE TABLE y ();", "lacks a name", "1:16"),
        ("CREATE TABLE y ();\n-- schemadiff: renamed from x\n", "about nothing", "2:16"),
        ("-- schemadiff: renamed from x\nSET a.b = 1;", "not executed", "1:16"),
    ] {
        let told = fails(text);
        assert!(told.contains(said) && told.contains(&format!("a.sql:{place}\n")), "{text}\n{told}");
    }
}

#[test]
fn files_that_cannot_be_read() {
    let folder = std::env::temp_dir().join(format!("source-{}", std::process::id()));
    let read = |path: &Path| Source::read(path).expect_err("unreadable").to_string();
    assert!(read(&folder).contains("there is no schema at") && read(&folder).contains("hint:"));
    std::fs::create_dir_all(folder.join("b/.hidden")).expect("a folder");
    std::fs::write(folder.join("b/.hidden/x.sql"), "nonsense '").expect("a file");
    assert!(read(&folder).contains("no `.sql` file in"));
    std::fs::write(folder.join("b/2.sql"), "\u{feff}CREATE TABLE b (a a);").expect("a file");
    std::fs::write(folder.join("c.sql"), "CREATE TABLE c ();").expect("a file");
    let source = Source::read(&folder).expect("readable");
    assert_eq!(texts(&source), ["CREATE TABLE b (a a)", "CREATE TABLE c ()"]);
    std::fs::write(folder.join("c.sql"), b"CREATE TABLE c ();\n-- caf\xe9\n").expect("a file");
    assert!(read(&folder).contains("not UTF-8") && read(&folder).contains("c.sql:2:7"));
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn annotations_find_what_they_are_about() {
    let source = read(
        "-- schemadiff: drop public.old\n\
         -- schemadiff: renamed from persons\n-- people\nCREATE TABLE people (\n\
         \x20   -- schemadiff: renamed from mail\n    \"E-mail\" text,\n\
         \x20   bio text, -- schemadiff: renamed from about\n\
         \x20   --schemadiff: renamed from old_check\n    CONSTRAINT new_check CHECK (bio <> '')\n);\n\
         CREATE TYPE mood AS ENUM (\n    'happy',\n    'sad' -- schemadiff: renamed from low\n);\n\
         CREATE TABLE one (a int); -- schemadiff: renamed from two\n\
         ALTER TABLE one\n    -- schemadiff: renamed from y\n    ADD COLUMN IF NOT EXISTS x int;",
    );
    assert_eq!(source.annotations[0].drop(), Some("public.old"));
    let found: Vec<_> =
        source.statements.iter().flat_map(|one| one.annotations.iter().map(move |a| (one, a))).collect();
    let told: Vec<_> = found
        .iter()
        .map(|(one, annotation)| {
            let target = match &annotation.target {
                Target::Element { name, offset } => {
                    assert!(one.range.contains(offset));
                    name.join(".")
                }
                target => format!("{target:?}"),
            };
            (
                annotation.renamed_from().expect("a rename"),
                one.name.clone().expect("a name").join("."),
                target,
            )
        })
        .collect();
    let expected = [
        ("persons", "people", "Statement"),
        ("mail", "people", "E-mail"),
        ("about", "people", "bio"),
        ("old_check", "people", "new_check"),
        ("low", "mood", "sad"),
        ("two", "one", "Statement"),
        ("y", "one", "x"),
    ];
    assert_eq!(told, expected.map(|(old, owner, target)| (old, owner.to_owned(), target.to_owned())));
}

#[test]
fn kinds_and_names() {
    for (text, kind, name) in [
        ("CREATE UNLOGGED TABLE IF NOT EXISTS S.\"T\"\"x\" ()", "CREATE TABLE", "s.T\"x"),
        ("create or replace recursive view v as select 1", "CREATE VIEW", "v"),
        ("CREATE UNIQUE INDEX CONCURRENTLY i ON s.t (a)", "CREATE INDEX", "i"),
        ("CREATE INDEX ON s.t (a)", "CREATE INDEX", ""),
        ("CREATE CONSTRAINT TRIGGER g AFTER INSERT ON s.t EXECUTE FUNCTION f()", "CREATE TRIGGER", "s.t.g"),
        ("CREATE RULE r AS ON INSERT TO s.t DO NOTHING", "CREATE RULE", "s.t.r"),
        ("CREATE POLICY p ON t TO bob", "CREATE POLICY", "t.p"),
        ("CREATE FUNCTION s.f(a int) RETURNS int", "CREATE FUNCTION", "s.f"),
        ("CREATE TEXT SEARCH CONFIGURATION c (COPY = d)", "CREATE TEXT SEARCH CONFIGURATION", "c"),
        ("CREATE CAST (a AS b) WITHOUT FUNCTION", "CREATE CAST", ""),
        ("COMMENT ON COLUMN s.t.c IS 'x'", "COMMENT ON COLUMN", "s.t.c"),
        ("GRANT SELECT (a), INSERT ON t TO bob", "GRANT ON TABLE", ""),
        ("ALTER TABLE ONLY s.t ADD x int", "ALTER TABLE", "s.t"),
        ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO bob", "ALTER DEFAULT PRIVILEGES", ""),
    ] {
        let source = read(text);
        let one = &source.statements[0];
        assert_eq!(
            (one.kind.as_str(), one.name.clone().unwrap_or_default().join(".").as_str()),
            (kind, name),
            "{text}"
        );
    }
    let source = read("CREATE VIEW t AS SELECT 1;\nCREATE TABLE t ();");
    let place = source.defined_at("TABLE", &["public".to_owned(), "t".to_owned()]).map(|one| one.line());
    assert_eq!(place, Some(2));
}

#[test]
fn roles_are_found() {
    let source = read(
        "ALTER TABLE a OWNER TO Ann; GRANT ALL ON a TO PUBLIC, bob, GROUP \"C d\" WITH GRANT OPTION GRANTED BY eve;
         REVOKE ALL ON a FROM fay; CREATE POLICY p ON a TO gil, CURRENT_USER USING (true);
         ALTER DEFAULT PRIVILEGES FOR ROLE hal, ian IN SCHEMA s GRANT SELECT ON TABLES TO jon;
         CREATE SCHEMA AUTHORIZATION kim; SET ROLE 'leo'; SET SESSION AUTHORIZATION mia; RESET ROLE;
         CREATE USER MAPPING FOR ned SERVER z; ALTER TABLE a RENAME TO not_a_role; GRANT oda TO pam;",
    );
    assert_eq!(source.roles().join("|"), "C d|ann|bob|eve|fay|gil|hal|ian|jon|kim|leo|mia|ned|oda|pam");
}

#[test]
fn order_is_kept_unless_something_is_defined_later() {
    let kept = "CREATE TABLE b (); CREATE TABLE a (); DROP TABLE a; CREATE TABLE a (b b)";
    assert_eq!(texts(&read(kept)).join("; "), kept);
    let source = read(
        "CREATE VIEW s.v AS SELECT f(x) FROM s.t; CREATE TABLE s.t (); CREATE FUNCTION f(); CREATE SCHEMA s",
    );
    let firsts: Vec<_> = source.ordered().map(|one| one.kind.as_str()).collect();
    assert_eq!(firsts, ["CREATE SCHEMA", "CREATE FUNCTION", "CREATE TABLE", "CREATE VIEW"]);
    let source = read("CREATE VIEW v AS SELECT 1 FROM t; DROP TABLE IF EXISTS t; CREATE TABLE t ();");
    assert!(texts(&source)[0].starts_with("DROP"));
    let shell = read(
        "CREATE FUNCTION f(x) RETURNS int; CREATE TYPE x (input = f); CREATE TYPE x; CREATE EXTENSION e",
    );
    assert_eq!(texts(&shell)[..2], ["CREATE TYPE x", "CREATE EXTENSION e"]);
    let dump =
        "SET search_path = ''; CREATE TABLE s.a (b int, t text); CREATE TABLE s.b (); CREATE TYPE s.t AS ()";
    assert!(texts(&read(dump))[0].starts_with("CREATE TABLE s.a"), "a column is not a table");
    let circle = read("CREATE TABLE a (b b); CREATE TABLE b (a a)");
    assert_eq!(circle.ordered().count(), 2);
}

#[test]
fn subscriptions_are_told_what_does_not_connect() {
    let source = read(
        "ALTER SUBSCRIPTION s ENABLE; ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false);
         ALTER SUBSCRIPTION s REFRESH PUBLICATION;",
    );
    assert_eq!((source.statements.len(), source.warnings.len()), (1, 1));
}

#[test]
fn subscriptions_do_not_connect() {
    for (text, expected) in [
        ("CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p", "p WITH (connect = false)"),
        (
            "… PUBLICATION p WITH (enabled, binary = on, copy_data=false)",
            "p WITH (connect = false, binary = on)",
        ),
        ("… PUBLICATION p WITH (connect = true)", "p WITH (connect = false)"),
    ] {
        assert!(without_connection(text).ends_with(expected), "{}", without_connection(text));
    }
}

#[test]
fn what_a_drop_comes_to_is_told_once_a_file() {
    let told = |text: &str| {
        let warnings = read(text).warnings;
        let lines = warnings.iter().map(|warning| format!("{}: {}", warning.position.line, warning.message));
        lines.collect::<Vec<_>>()
    };
    let dumped = "DROP TRIGGER IF EXISTS t ON a.b;\nDROP TABLE IF EXISTS a.b;\nDROP SCHEMA IF EXISTS a;\nDROP EXTENSION IF EXISTS x;\n\
        CREATE EXTENSION x;\nCREATE SCHEMA a;\nCREATE TABLE a.b (c int);\nCREATE TRIGGER t AFTER INSERT ON a.b EXECUTE FUNCTION f();\n";
    assert!(told(dumped).is_empty(), "{:?}", told(dumped));
    let gone = "`DROP TABLE IF EXISTS old` does nothing here: what the files do not make goes without it; \
        `-- schemadiff: drop old` consents to the loss of its data";
    assert_eq!(told(&format!("{dumped}DROP TABLE IF EXISTS\n  old;")), [format!("9: {gone}")]);
    assert_eq!(
        told("DROP TABLE IF EXISTS old;\nDROP VIEW x;\nDROP FUNCTION f(int);"),
        [format!("1: {gone} (2 more in this file)")]
    );
    assert_eq!(
        told("CREATE VIEW a.b AS SELECT 1;\nDROP VIEW b;"),
        ["2: `DROP VIEW b` takes back what these files make, which goes from the database then"]
    );
}
