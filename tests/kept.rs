//! Owners and privileges that the schema files say nothing of are not compared, and survive all the same: what is made
//! again gets them back.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;
use server::{Database, connect, database};

const BEFORE: &str = "CREATE TABLE item (id integer PRIMARY KEY, price integer);
CREATE VIEW cheap AS SELECT id, price FROM item WHERE price < 5;
CREATE VIEW listed AS SELECT id, price FROM item;
CREATE FUNCTION tax(price integer) RETURNS integer LANGUAGE sql AS 'SELECT price / 5';";

/// What somebody has done by hand, or a migration that was written by hand.
const BY_HAND: &str = "CREATE ROLE kept_owner;
CREATE ROLE kept_reader;
ALTER VIEW cheap OWNER TO kept_owner;
GRANT SELECT ON cheap TO kept_reader;
GRANT SELECT (id) ON listed TO kept_reader;
REVOKE EXECUTE ON FUNCTION tax(integer) FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO kept_reader;";

/// Who owns what, and who may do what.
const STATE: &str = "SELECT string_agg(concat_ws(' ', name, owner, acl), E'\\n' ORDER BY name)
FROM (
    SELECT relname AS name, relowner::regrole::text AS owner, coalesce(relacl, acldefault('r', relowner))::text AS acl
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
    UNION ALL
    SELECT concat_ws('.', attrelid::regclass::text, attname), NULL, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL
        AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL
    SELECT proname, proowner::regrole::text, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS s";

async fn state(database: &Database) -> String {
    connect(database).await.query_one(STATE, &[]).await.unwrap().get(0)
}

async fn made() -> (Database, Project) {
    let database = database().await;
    let project = Project::with(&[("schema/item.sql", BEFORE)]).on(&database.connection_string());
    project.done("generate one");
    project.done("apply");
    (database, project)
}

#[tokio::test]
async fn what_is_made_again_gets_back_what_is_not_compared() {
    let (database, project) = made().await;
    connect(&database).await.batch_execute(BY_HAND).await.unwrap();
    let at_first = state(&database).await;

    let after = BEFORE
        .replace("KEY, price integer", "KEY, price bigint")
        .replace("tax(price integer)", "tax(amount integer)");
    project.write("schema/item.sql", after.replace("SELECT price / 5", "SELECT amount / 5"));
    project.done("generate two");
    let script = &project.migrations()["0002_two.sql"];
    assert!(
        script.contains("DROP VIEW") && script.contains("DROP FUNCTION"),
        "nothing is made again:\n{script}"
    );
    project.done("apply");
    assert_eq!(state(&database).await, at_first);
    project.done("rollback --steps 1 --allow-destructive");
    assert_eq!(state(&database).await, at_first);

    let renamed = "CREATE TABLE item (id integer PRIMARY KEY, price bigint);
-- schemadiff: renamed from cheap
CREATE VIEW low AS SELECT id, price FROM item WHERE price < 5;
CREATE FUNCTION tax(price integer) RETURNS integer LANGUAGE sql AS 'SELECT price / 5';
CREATE TABLE untouched (id integer);";
    project.write("schema/item.sql", renamed);
    std::fs::remove_file(project.path("migrations/0002_two.sql")).unwrap();
    std::fs::remove_file(project.path("migrations/0002_two.down.sql")).unwrap();
    project.done("generate three");
    let script = &project.migrations()["0002_three.sql"];
    assert!(!script.contains("ON TABLE public.untouched"), "{script}");
    project.done("apply");
    let view = at_first.lines().find(|line| line.starts_with("cheap")).unwrap().replace("cheap ", "low ");
    assert!(state(&database).await.contains(&view), "{}", state(&database).await);
}
