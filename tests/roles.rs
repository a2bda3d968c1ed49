//! Roles that the schema files make: a server's, not a database's. They are made by migrations only, dropped only where
//! they are named, and those of others are left alone.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;
use server::{Database, connect, connect_as, database};

const MANAGED: &str = "manage: {roles: true}\n";

/// A project of these schema files in which roles are managed.
fn project(database: &Database, schema: &str) -> Project {
    Project::with(&[("schemadiff.yaml", MANAGED), ("schema/all.sql", schema)])
        .on(&database.connection_string())
}

/// What the server says of the roles whose names begin so, a line each.
async fn roles(database: &Database, beginning: &str) -> String {
    let query = "SELECT coalesce(string_agg(rolname || CASE WHEN rolcanlogin THEN ' login' ELSE '' END, ', ' ORDER BY rolname), '')
        FROM pg_roles WHERE starts_with(rolname, $1)";
    connect(database).await.query_one(query, &[&beginning]).await.unwrap().get(0)
}

async fn execute(database: &Database, sql: &str) {
    connect(database).await.batch_execute(sql).await.unwrap();
}

#[tokio::test]
async fn only_what_is_declared_is_made_and_only_what_is_named_is_dropped() {
    let database = database().await;
    execute(&database, "CREATE ROLE way_other LOGIN; CREATE ROLE way_person LOGIN").await;
    let declared = "CREATE ROLE way_reader; CREATE USER way_app IN ROLE way_reader;
        CREATE TABLE item (id integer); ALTER TABLE item OWNER TO way_app; GRANT SELECT ON item TO way_reader;";
    let project = project(&database, declared);
    project.done("generate one");
    assert_eq!(roles(&database, "way_").await, "way_other login, way_person login", "generating makes none");
    project.done("check");
    project.done("apply");
    assert_eq!(
        roles(&database, "way_").await,
        "way_app login, way_other login, way_person login, way_reader"
    );
    // Somebody makes a person a member.
    execute(&database, "GRANT way_reader TO way_person").await;
    project.done("diff");
    project.done("status --drift");

    project.write("schema/all.sql", "CREATE TABLE item (id integer); ALTER TABLE item OWNER TO postgres;");
    let left = project.ends(1, "diff").data;
    assert!(!left.contains("DROP ROLE") && left.contains("OWNER TO postgres"), "{left}");
    project.done("generate two --allow-destructive --dry-run");

    let named = "-- schemadiff: drop role way_reader\n-- schemadiff: drop role way_app\n";
    project.write("schema/drop.sql", named);
    // No file grants anything any more, so that what is granted is not compared.
    let refused = project.fails(2, "generate two");
    assert!(refused.contains("role way_reader would be dropped, and owns or is granted what is not compared:\n  table public.item"), "{refused}");
    project.write("schemadiff.yaml", "manage: {roles: true, privileges: true}");
    project.done("generate two");
    let script = &project.migrations()["0002_two.sql"];
    for words in
        ["DROP ROLE IF EXISTS way_app", "DROP ROLE IF EXISTS way_reader", "deletes data: role way_reader"]
    {
        assert!(script.contains(words), "{words} is not in {script}");
    }
    assert!(!script.contains("way_person"), "{script}");
    project.done("apply");
    assert_eq!(roles(&database, "way_").await, "way_other login, way_person login");
    project.done("diff");
    project.done("check");

    project.done("rollback --steps 1");
    assert_eq!(
        roles(&database, "way_").await,
        "way_app login, way_other login, way_person login, way_reader"
    );
    let refused = project.fails(1, "rollback --steps 1");
    assert!(refused.contains("0001_one: role way_app"), "{refused}");
    project.done("rollback --steps 1 --allow-destructive");
    assert_eq!(roles(&database, "way_").await, "way_other login, way_person login");
}

#[tokio::test]
async fn a_role_that_others_still_need_is_not_dropped() {
    let database = database().await;
    let other = server::database().await;
    execute(&database, "CREATE ROLE need_owner").await;
    execute(&other, "CREATE SCHEMA held AUTHORIZATION need_owner").await;
    let project =
        project(&database, "CREATE TABLE item (id integer);\n-- schemadiff: drop role need_owner\n");
    project.done("generate one");
    let said = project.fails(2, "apply");
    assert!(
        said.contains("role \"need_owner\" cannot be dropped because some objects depend on it"),
        "{said}"
    );
    assert_eq!(roles(&database, "need_").await, "need_owner");
}

#[tokio::test]
async fn scratch_databases_make_no_roles_on_servers_of_others() {
    let (database, empty) = (database().await, server::database().await);
    let project = project(&database, "CREATE ROLE never_made;");
    let named = format!(
        "diff --scratch-url {}",
        empty.connection_string().replace(' ', "&").replace("host=", "postgres:///?host=")
    );
    for options in ["diff --scratch server", &named] {
        let refused = project.fails(1, options);
        assert!(refused.contains("role `never_made` would be made on "), "{refused}");
    }
    // Nor does a block of code, whether roles are managed or not.
    project.write("schemadiff.yaml", "");
    project.write(
        "schema/all.sql",
        "DO $$ BEGIN CREATE ROLE never_made; END $$; CREATE TABLE item (id integer);",
    );
    let refused = project.fails(1, "diff --scratch server");
    assert!(refused.contains("role `never_made` would be made on the live server"), "{refused}");
    assert_eq!(project.ends(1, "diff").data.lines().next(), Some("CREATE TABLE IF NOT EXISTS public.item ("));
    assert_eq!(roles(&database, "never_").await, "");
    execute(&database, "CREATE ROLE never_made").await;
    project.write(
        "schema/all.sql",
        "DO $$ BEGIN CREATE ROLE never_made; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
    );
    project.done("diff --scratch server");
}

#[tokio::test]
async fn roles_are_left_out_where_they_are_not_managed() {
    let database = database().await;
    let project = project(&database, "CREATE ROLE out_reader LOGIN;\nGRANT out_reader TO postgres;");
    assert!(project.ends(1, "diff").data.contains("CREATE ROLE out_reader LOGIN"));
    project.write("schemadiff.yaml", "");
    let ended = project.ends(0, "diff");
    assert_eq!(
        ended.words.lines().next(),
        Some(
            "warning: schema/all.sql:1: statements about roles were left out; `manage: {roles: true}` in schemadiff.yaml \
             takes them in"
        )
    );
    project.write("schema/all.sql", "-- schemadiff: drop role out_reader\nCREATE TABLE item (id integer);");
    let said = project.fails(2, "diff");
    assert!(said.contains("role `out_reader` cannot be dropped: roles are not managed"), "{said}");
}

#[tokio::test]
async fn what_cannot_be_said_of_roles_is_told() {
    let database = database().await;
    let project = project(&database, "");
    for (schema, told) in [
        (
            "-- schemadiff: drop role say_reader\nCREATE ROLE say_reader;",
            "role `say_reader` is to be dropped, and the schema files still mention it",
        ),
        (
            "CREATE TABLE item (id integer);\nGRANT SELECT ON item TO say_reader;\n-- schemadiff: drop role say_reader",
            "role `say_reader` is to be dropped, and the schema files still mention it",
        ),
        ("-- schemadiff: renamed from say_old\nCREATE ROLE say_new;", "a role is not renamed by a migration"),
        ("CREATE ROLE say_reader; CREATE ROLE say_reader;", "role \"say_reader\" already exists"),
        (
            "CREATE ROLE say_reader CONNECTION LIMIT many PASSWORD 'geheim';",
            "syntax error at or near \"many\"",
        ),
    ] {
        project.write("schema/all.sql", schema);
        let said = project.fails(2, "generate");
        assert!(said.contains(told), "{schema}: {said}");
        assert!(!said.contains("geheim"), "{said}");
    }
    project.write(
        "schema/all.sql",
        "CREATE ROLE say_app PASSWORD 'geheim';\nALTER ROLE say_stranger LOGIN;\nGRANT say_app TO say_person;\n\
         DROP ROLE IF EXISTS say_old;\nALTER ROLE postgres NOSUPERUSER;\nCREATE ROLE postgres;",
    );
    let said = project.ends(0, "generate --dry-run");
    for told in [
        "schema/all.sql:1: the password of role `say_app` was left out: it belongs in no file; `\\password say_app` in psql",
        "schema/all.sql:2: what is said here of role `say_stranger` is not compared: no schema file makes that role",
        "schema/all.sql:3: what is said here of role `say_person` is not compared",
        "schema/all.sql:4: a role is dropped where `-- schemadiff: drop role NAME` says so",
        "note: role `postgres` is not compared: schemadiff connects as it",
    ] {
        assert!(said.words.contains(told), "{told} is not in:\n{}", said.words);
    }
    assert!(!said.printed().contains("geheim") && !said.data.contains("say_stranger"), "{}", said.printed());
}

#[tokio::test]
async fn a_role_with_few_rights_reads_roles() {
    let database = database().await;
    execute(
        &database,
        "CREATE ROLE few_reader LOGIN; CREATE ROLE few_app LOGIN PASSWORD 'x'; GRANT few_reader TO few_app",
    )
    .await;
    execute(&database, "COMMENT ON ROLE few_app IS 'the application'").await;
    let schema =
        "CREATE USER few_app; GRANT few_reader TO few_app; COMMENT ON ROLE few_app IS 'the application';";
    let url = database.connection_string().replace("user=postgres", "user=few_reader");
    let project = Project::with(&[("schemadiff.yaml", MANAGED), ("schema/all.sql", schema)]).on(&url);
    project.done("diff");
    // What the role that connects is like is nobody's business: it has to be able to connect.
    project.write("schema/all.sql", format!("{schema} CREATE ROLE few_reader SUPERUSER;"));
    let said = project.ends(0, "diff").words;
    assert!(said.contains("note: role `few_reader` is not compared: schemadiff connects as it"), "{said}");
    drop(connect_as(&database, "few_reader").await);
}

#[tokio::test]
async fn a_database_is_written_down_with_the_roles_that_it_mentions() {
    let database = database().await;
    execute(
        &database,
        "CREATE ROLE dump_owner CREATEDB; CREATE ROLE dump_reader; CREATE ROLE dump_person LOGIN; CREATE ROLE dump_group;
         GRANT dump_reader TO dump_person; GRANT dump_group TO dump_reader; ALTER ROLE dump_reader SET work_mem = '4MB';
         CREATE TABLE item (id integer); ALTER TABLE item OWNER TO dump_owner; GRANT SELECT ON item TO dump_reader",
    )
    .await;
    let project = project(&database, "");
    std::fs::remove_file(project.path("schema/all.sql")).unwrap();
    project.done("dump --output schema");
    let reader = project.read("schema/roles/dump_reader.sql");
    assert_eq!(
        reader,
        "CREATE ROLE dump_reader;\n\nGRANT dump_group TO dump_reader;\n\nALTER ROLE dump_reader SET work_mem TO '4MB';\n"
    );
    assert!(project.read("schema/roles/dump_owner.sql").contains("CREATE ROLE dump_owner CREATEDB"));
    assert!(!project.path("schema/roles/dump_person.sql").exists());
    project.done("diff");
    // A role that the files make is written down too, although nothing here mentions it.
    project.write("schema/roles/dump_group.sql", "CREATE ROLE dump_group;\n");
    assert!(project.done("dump").contains("CREATE ROLE dump_group;"));
}

#[test]
fn a_development_server_gets_its_roles_from_migrations() {
    let schema = "CREATE ROLE dev_app LOGIN; CREATE TABLE item (id integer); GRANT SELECT ON item TO dev_app, dev_mentioned;";
    let project = Project::with(&[("schemadiff.yaml", MANAGED), ("schema/all.sql", schema)]);
    project.done("generate one");
    assert!(project.migrations()["0001_one.sql"].contains("CREATE ROLE dev_app LOGIN"));
    project.done("apply");
    project.done("diff");
    project.write("schema/all.sql", schema.replace("LOGIN", "LOGIN CONNECTION LIMIT 3"));
    project.done("generate two --from migrations");
    assert!(project.migrations()["0002_two.sql"].contains("ALTER ROLE dev_app CONNECTION LIMIT 3"));
    project.done("apply");
    project.done("diff");
    project.done("check");
    project.done("review 0001 0002");
    assert!(project.done("why 0002:8").contains("connection_limit -1 → 3"));
}
