//! A project that comes from another system, before and after its history is adopted: nothing runs twice, and what another
//! system has done elsewhere keeps nobody from beginning.
#![allow(clippy::unwrap_used)]

use schemadiff::Migrations;
use schemadiff::runner::Options;

mod support {
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{Database, Session, connect, connect_as, database};

const FOODS: (&str, &str) = ("migrations/0001_foods.sql", "CREATE TABLE foods (id int);\n");
const PLANS: (&str, &str) = ("migrations/0002_plans.sql", "CREATE TABLE plans (id int);\n");

/// A project with these files, on a database that has seen `sql`.
async fn scene(files: &[(&str, &str)], sql: &str) -> (Project, Session, Database) {
    let database = database().await;
    let client = connect(&database).await;
    client.batch_execute(sql).await.unwrap();
    let project = Project::with(files).with_file("schemadiff.yaml", "scratch: server\n");
    (project.on(&database.connection_string()), client, database)
}

/// What golang-migrate says, in a schema: a number, and no name.
fn golang(schema: &str) -> String {
    format!(
        "CREATE SCHEMA IF NOT EXISTS {schema};
         CREATE TABLE {schema}.schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
         INSERT INTO {schema}.schema_migrations VALUES (2, false);"
    )
}

/// A table that names what it has applied.
fn numbered(rows: &str) -> String {
    format!(
        "CREATE TABLE schema_migrations (version integer NOT NULL, name text NOT NULL, applied_at timestamptz DEFAULT now());
         INSERT INTO schema_migrations (version, name) VALUES {rows};"
    )
}

#[tokio::test]
async fn numbers_of_a_neighbour_are_not_ours() {
    let (project, _client, _database) = scene(&[FOODS, PLANS], &golang("billing")).await;
    project.done("apply");
    let named = numbered("(1, '001_invoices.sql'), (2, '002_taxes.sql')");
    let (project, _client, _database) = scene(&[FOODS, PLANS], &named).await;
    project.done("apply");
}

#[tokio::test]
async fn numbers_where_ours_would_be_looked_for_are_asked_about() {
    let (project, _client, _database) = scene(&[FOODS, PLANS], &golang("public")).await;
    let said = project.fails(2, "apply");
    assert!(said.contains("golang-migrate has applied these migrations here"), "{said}");
    assert!(said.contains("`--allow-unadopted` runs these"), "{said}");
    assert_eq!(project.fails(2, "apply --dry-run"), said);
    project.done("apply --allow-unadopted");
    project.done("apply");
}

#[tokio::test]
async fn a_table_that_may_not_be_read_is_passed_over() {
    let (project, client, database) = scene(&[FOODS], &numbered("(1, '001_foods.sql')")).await;
    assert!(project.fails(2, "apply").contains("numbered has applied these migrations here"));
    let create = format!(
        "CREATE ROLE guest LOGIN; CREATE SCHEMA guest AUTHORIZATION guest; GRANT CREATE ON DATABASE {database} TO guest"
    );
    client.batch_execute(&create).await.unwrap();
    let mut guest = connect_as(&database, "guest").await;
    let migrations = Migrations::embedded([("0001_foods.sql", FOODS.1)]).unwrap();
    assert_eq!(migrations.apply(&mut guest).await.unwrap().migrations.len(), 1);
}

#[tokio::test]
async fn what_was_adopted_and_rolled_back_can_be_applied() {
    let files = [FOODS, ("migrations/0001_foods.down.sql", "DROP TABLE foods;\n")];
    let sql = format!("CREATE TABLE foods (id int); {}", numbered("(1, '001_foods.sql')"));
    let (project, client, _database) = scene(&files, &sql).await;
    project.done("adopt");
    project.done("rollback --to 0 --allow-destructive");
    project.done("apply");
    client.batch_execute("SELECT id FROM foods").await.unwrap();
}

#[tokio::test]
async fn what_a_binary_brings_along_does_not_run_twice_either() {
    let sqlx = "CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz
                    NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);
                INSERT INTO _sqlx_migrations VALUES (1, 'brought along', now(), true, '', 1)";
    let (_project, mut client, _database) = scene(&[], sqlx).await;
    let files = [("0001_brought_along.sql", "CREATE TABLE brought (id int);")];
    let migrations = Migrations::embedded(files).unwrap();
    let said = migrations.apply(&mut client).await.unwrap_err().to_string();
    assert!(said.contains("sqlx has applied these migrations here"), "{said}");
    let options = Options { allow_unadopted: true, ..Options::default() };
    assert_eq!(migrations.apply_with(&mut client, &options, &mut |_| ()).await.unwrap().migrations.len(), 1);
}

/// One that is applied would be pending under its new number.
#[tokio::test]
async fn what_another_system_has_applied_keeps_its_number() {
    let files = [
        FOODS,
        ("migrations/011_note.sql", "ALTER TABLE foods ADD note text;\n"),
        ("migrations/011_double.sql", "UPDATE foods SET id = id * 2;\n"),
    ];
    let sql = format!(
        "CREATE TABLE foods (id int, note text); INSERT INTO foods VALUES (2);
         {}",
        numbered("(1, '0001_foods.sql'), (11, '011_note.sql'), (11, '011_double.sql')")
    );
    let (project, client, _database) = scene(&files, &sql).await;
    let said = project.fails(2, "renumber migrations/011_double.sql");
    assert!(
        said.contains("hint: their numbers must stay: `schemadiff adopt` takes that history over"),
        "{said}"
    );
    project.done("renumber --offline migrations/011_double.sql");
    let said = project.fails(2, "adopt");
    assert!(
        said.contains(
            "`migrations/0012_double.sql` is pending, though double has been applied with the number 11"
        ),
        "{said}"
    );
    std::fs::rename(project.path("migrations/0012_double.sql"), project.path("migrations/011_double.sql"))
        .unwrap();
    project.done("adopt");
    project.done("apply");
    assert_eq!(client.query_one("SELECT id FROM foods", &[]).await.unwrap().get::<_, i32>(0), 2);
}

/// A file that is not what ran is recorded, and not in silence.
#[tokio::test]
async fn a_file_that_was_edited_since_it_ran_is_named() {
    let sqlx = "CREATE TABLE foods (id int); CREATE TABLE plans (id int);
                CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz
                    NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);
                INSERT INTO _sqlx_migrations
                    SELECT 1, 'foods', now(), true, sha384(convert_to(E'CREATE TABLE foods (id int);\\r\\n', 'UTF8')), 1
                     UNION ALL SELECT 2, 'plans', now(), true, sha384('CREATE TABLE plans ();'), 1";
    let (project, _client, _database) = scene(&[FOODS, PLANS], sqlx).await;
    let said = project.ends(0, "adopt").printed();
    assert!(said.contains("warning: `migrations/0002_plans.sql` was edited since it was applied"), "{said}");
    assert!(!said.contains("`migrations/0001_foods.sql` was edited"), "{said}");
}

#[tokio::test]
async fn two_who_adopt_at_once_record_once() {
    let sql = format!("CREATE TABLE foods (id int); {}", numbered("(1, '001_foods.sql')"));
    let (project, client, _database) = scene(&[FOODS, PLANS], &sql).await;
    std::thread::scope(|scope| {
        let both = [scope.spawn(|| project.ends(0, "adopt")), scope.spawn(|| project.ends(0, "adopt"))];
        let told = both.map(|one| one.join().unwrap().printed()).concat();
        assert!(told.contains("1 migration recorded") && told.contains("Nothing to do"), "{told}");
    });
    project.done("apply");
    let rows = client.query_one("SELECT count(*) FROM schemadiff.schema_migrations", &[]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 2);
}

#[tokio::test]
async fn a_folder_and_a_system_can_be_named() {
    let files = [("old/files/001_foods.sql", FOODS.1)];
    let rows = numbered("(1, '001_foods.sql')");
    let sql = format!("CREATE TABLE foods (id int); {rows} {}", golang("billing"));
    let (project, _client, _database) = scene(&files, &sql).await;
    assert!(project.fails(2, "adopt").contains("several systems have kept history here"));
    assert!(project.fails(2, "adopt --from numbered").contains("hint: `--dir FOLDER` says where they are"));
    project.done("adopt --from numbered --dir old/files");
    let migrations = project.migrations();
    assert!(
        migrations.len() == 1 && migrations.values().all(|text| text.ends_with(FOODS.1)),
        "{migrations:?}"
    );
    project.done("status --exit-code");
}
