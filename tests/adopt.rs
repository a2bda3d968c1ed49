//! The way in from other systems: projects as their documents describe them are adopted, then migrated on.
#![allow(clippy::unwrap_used)]

use std::process::Command;

mod support {
    pub mod project;
    pub mod server;
}

use support::project::Project;
use support::server::{Database, Session, connect, database};

/// A project and its database.
struct Scene {
    project: Project,
    _database: Database,
    client: Session,
}

impl Scene {
    /// A project whose database has seen `sql`.
    async fn new(files: &[(&str, &str)], sql: &str) -> Scene {
        let database = database().await;
        let client = connect(&database).await;
        client.batch_execute(sql).await.unwrap();
        let project = Project::empty().with_file("schemadiff.yaml", "scratch: server\n");
        let project = project.on(&database.connection_string()).with_variable("XDG_CACHE_HOME", "/dev/null");
        files.iter().for_each(|(name, text)| project.write(name, text));
        Scene { project, _database: database, client }
    }

    fn write(&self, name: &str, text: &str) {
        self.project.write(name, text);
    }

    /// Every file, with its text.
    fn files(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut folders = vec![self.project.path("")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.project.path("")).unwrap().display().to_string();
                    found.push((name, std::fs::read_to_string(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    /// The exit code and everything printed.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let ended = self.project.run(arguments);
        (ended.code, ended.printed())
    }

    fn done(&self, arguments: &[&str]) -> String {
        self.project.ends(0, arguments).printed()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        self.project.fails(2, arguments)
    }

    async fn rows(&self, sql: &str) -> Vec<String> {
        self.client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
    }

    /// Our history as text, by number.
    async fn history(&self) -> Vec<String> {
        self.rows(
            "SELECT concat_ws(' ', version, name, to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), applied_by,
                              execution_time_ms, CASE checksum WHEN '' THEN 'no file' END)
               FROM schemadiff.schema_migrations ORDER BY version, name",
        )
        .await
    }

    /// From here on it is a project like any other: the schema is written down, changed, migrated, and all of it can be
    /// had again from nothing.
    async fn goes_on(&self) -> String {
        self.done(&["dump", "--output", "schema"]);
        assert!(self.done(&["generate"]).contains("Nothing to do: the schema files and the database agree."));
        self.write("schema/later.sql", "CREATE TABLE later (id int PRIMARY KEY);\n");
        let generated = self.done(&["generate", "later"]);
        let name = |line: &str| Some(line.strip_prefix("migrations/")?.strip_suffix(".sql")?.to_owned());
        let migration = generated.lines().find_map(name).unwrap_or_else(|| panic!("{generated}"));
        let applied = self.done(&["apply"]);
        assert!(applied.contains(&format!("{migration}\n  applied")), "{applied}");
        assert_eq!(self.rows("SELECT to_regclass('later')::text").await, ["later"]);
        self.done(&["rollback", "--steps", "1", "--allow-destructive"]);
        assert_eq!(self.rows("SELECT to_regclass('later') IS NULL || ''").await, ["true"]);
        self.done(&["apply"]);
        self.done(&["status", "--exit-code"]);
        assert!(self.done(&["adopt"]).contains("Nothing to do"));
        let again = self.run(&["diff", "live", "migrations"]);
        assert_eq!(again.0, 0, "{}", again.1);
        migration
    }
}

/// Compares with the snapshot `name`. The day on which the test runs stands as `TODAY`, even where midnight has passed
/// in between.
fn snapshot(name: &str, text: &str) {
    let text =
        ["today", "yesterday"].iter().fold(text.to_owned(), |text, day| text.replace(&date(day), "TODAY"));
    insta::with_settings!({snapshot_path => "../snapshots/adopt", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[tokio::test]
async fn numbered_files_with_gaps_and_shared_numbers() {
    let files = [
        ("migrations/001_users.sql", "CREATE TABLE users (id serial PRIMARY KEY);\n"),
        ("migrations/002_email.sql", "BEGIN;\nALTER TABLE users ADD COLUMN email text;\nCOMMIT;\n"),
        ("migrations/011_roles.sql", "CREATE TABLE roles (id int);\n"),
        ("migrations/011_tags.sql", "CREATE TABLE tags (id int);\n"),
        ("migrations/020_name.sql", "ALTER TABLE users ADD COLUMN name text;\n"),
    ];
    let table = "CREATE TABLE schema_migrations (version integer NOT NULL, name text NOT NULL,
                                                 applied_at timestamptz NOT NULL DEFAULT now());";
    let rows = "INSERT INTO schema_migrations VALUES
        (1, '001_users.sql', '2024-01-01Z'), (2, '002_email.sql', '2024-01-02Z'), (11, '011_tags.sql', '2024-01-03Z'),
        (11, '011_roles.sql', '2024-01-04Z'), (20, '020_name.sql', '2024-01-05Z')";
    let sql: String = files.iter().map(|(_, text)| *text).chain([table, rows]).collect();
    let project = Scene::new(&files, &sql).await;
    let before = project.files();
    let planned = project.done(&["adopt", "--dry-run"]);
    assert_eq!(project.files(), before);
    assert_eq!(
        project.rows("SELECT to_regclass('schemadiff.schema_migrations')::text IS NULL || ''").await,
        ["true"]
    );
    let told = project.done(&["adopt"]);
    snapshot("numbered", &format!("{planned}\n{told}\n{}", project.done(&["status"])));
    assert!(before.iter().all(|file| project.files().contains(file)));
    assert_eq!(
        project.history().await[..5],
        [
            "1 users 2024-01-01 numbered 0",
            "2 email 2024-01-02 numbered 0",
            "11 roles 2024-01-04 numbered 0",
            "11 tags 2024-01-03 numbered 0",
            "20 name 2024-01-05 numbered 0",
        ]
    );
    assert_eq!(project.rows("SELECT count(*)::text FROM schema_migrations").await, ["5"]);
    assert_eq!(project.goes_on().await, "022_later");
    project.write("migrations/022_other.sql", "SELECT 1;\n");
    assert!(project.refused(&["apply"]).contains("have the same number"));
}

#[tokio::test]
async fn python_code_becomes_a_baseline() {
    let files = [
        ("migrations/001_users.py", "def up(db): ...\ndef down(db): ...\n"),
        ("migrations/002_email.py", "def up(db): ...\n"),
    ];
    let sql = "
        CREATE TABLE users (id bigserial PRIMARY KEY, email text UNIQUE);
        CREATE VIEW emails AS SELECT email FROM users;
        CREATE TABLE migrations (id serial PRIMARY KEY, version varchar(50) UNIQUE NOT NULL, name varchar(255) NOT NULL,
            description text, dependencies text[], created_at timestamp DEFAULT now(), applied_at timestamp);
        INSERT INTO migrations (version, name, applied_at) VALUES
            ('001', 'users', '2024-01-01'), ('002', 'email', '2024-01-02'), ('003', 'pending', NULL)";
    let project = Scene::new(&files, sql).await;
    let told = project.done(&["adopt"]);
    let baseline = project.project.read("migrations/0003_baseline.sql");
    snapshot("python", &format!("{told}\n{}\n{baseline}", project.done(&["status"])));
    assert_eq!(
        project.history().await[..2],
        ["1 users 2024-01-01 python 0 no file", "2 email 2024-01-02 python 0 no file"]
    );
    assert_eq!(project.rows("SELECT count(*)::text FROM migrations").await, ["3"]);
    assert_eq!(project.goes_on().await, "0004_later");
    // What ran as code cannot be undone here.
    let stuck =
        project.refused(&["rollback", "--to", "1", "--irreversible-ok", "baseline", "--allow-destructive"]);
    assert!(stuck.contains("`0002_email` ran under another system"), "{stuck}");
}

#[tokio::test]
async fn files_in_the_order_of_their_names() {
    let files = [
        ("sql/migrations/add_email.sql", "ALTER TABLE users ADD COLUMN email text;\n"),
        ("sql/migrations/a_users.sql", "CREATE TABLE users (id int PRIMARY KEY);\n"),
        ("sql/migrations/b_pending.sql", "ALTER TABLE users ADD COLUMN pending int;\n"),
    ];
    let sql = "
        CREATE TABLE users (id int PRIMARY KEY, email text);
        CREATE TABLE schema_migrations (id serial PRIMARY KEY, migration_name varchar(255) UNIQUE NOT NULL,
            applied_at timestamp DEFAULT now(), checksum varchar(64), execution_time_ms integer);
        INSERT INTO schema_migrations (migration_name, applied_at, checksum, execution_time_ms) VALUES
            ('a_users.sql', '2024-01-01', 'abc', 12), ('add_email.sql', '2024-01-02', NULL, NULL)";
    let project = Scene::new(&files, sql).await;
    let told = project.done(&["adopt"]);
    let written = project.project.read("migrations/0002_add_email.sql");
    snapshot("alphabetical", &format!("{told}\n{}\n{written}", project.done(&["status"])));
    assert_eq!(
        project.history().await,
        ["1 a_users 2024-01-01 alphabetical 12", "2 add_email 2024-01-02 alphabetical 0"]
    );
    project.done(&["apply"]);
    assert_eq!(project.goes_on().await, "0004_later");
}

/// Drizzle leaves no time at which a migration ran, but that at which it was written.
#[tokio::test]
async fn drizzle_with_its_journal() {
    let files = [
        (
            "drizzle/0000_brave_wolverine.sql",
            "CREATE TABLE \"users\" (\n\t\"id\" serial PRIMARY KEY\n);\n--> statement-breakpoint\n\
             CREATE TABLE \"posts\" (\"id\" integer);--> statement-breakpoint\n\
             ALTER TABLE \"posts\" ADD COLUMN \"body\" text;",
        ),
        ("drizzle/0001_shy_hulk.sql", "ALTER TABLE \"users\" ADD COLUMN \"name\" text;"),
        ("drizzle/meta/0000_snapshot.json", "{}"),
        (
            "drizzle/meta/_journal.json",
            r#"{"version": "7", "dialect": "postgresql", "entries": [
                {"idx": 0, "version": "7", "when": 1704067200000, "tag": "0000_brave_wolverine", "breakpoints": true},
                {"idx": 1, "version": "7", "when": 1704153600000, "tag": "0001_shy_hulk", "breakpoints": true}]}"#,
        ),
    ];
    let sql = "
        CREATE TABLE users (id serial PRIMARY KEY, name text);
        CREATE TABLE posts (id integer, body text);
        CREATE SCHEMA drizzle;
        CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);
        INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('a1', 1704067200000), ('b2', 1704153600000)";
    let project = Scene::new(&files, sql).await;
    let told = project.done(&["adopt"]);
    let written = project.project.read("migrations/0000_brave_wolverine.sql");
    snapshot("drizzle", &format!("{told}\n{}\n{}", project.done(&["status"]), written));
    assert_eq!(
        project.history().await,
        ["0 brave_wolverine 2024-01-01 drizzle 0", "1 shy_hulk 2024-01-02 drizzle 0"]
    );
    assert_eq!(project.goes_on().await, "0002_later");

    // Where our folder is theirs, every file stays where it is.
    let there = Scene::new(&files, sql).await;
    there.write("schemadiff.yaml", "migrations: drizzle\nscratch: server\n");
    let before = there.files();
    there.done(&["adopt"]);
    assert_eq!(there.files(), before);
    there.done(&["status", "--exit-code"]);
}

/// A day that `date` understands, such as `yesterday`, as `2026-02-28`.
fn date(day: &str) -> String {
    let output = Command::new("date").args(["-u", "+%F", "-d", day]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The tables of a database that has seen `one` and `two` applied.
const BOTH: &str = "CREATE TABLE one (id int); CREATE TABLE two (id int);";
const ONE: &str = "CREATE TABLE one (id int);\n";
const TWO: &str = "CREATE TABLE two (id int);\n";
const THREE: &str = "CREATE TABLE three (id int);\n";

/// A project of a system: its name, its files, and its history as the system itself writes it.
type Trial = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// The tables are as each system makes them itself.
const TRIALS: &[Trial] = &[
    (
        "sqlx",
        &[
            ("migrations/20240101000000_one.up.sql", ONE),
            ("migrations/20240101000000_one.down.sql", "DROP TABLE one;\n"),
            ("migrations/20240102000000_two.sql", TWO),
            ("migrations/20240103000000_three.sql", THREE),
        ],
        "CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL,
             installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL,
             execution_time bigint NOT NULL);
         INSERT INTO _sqlx_migrations VALUES (20240101000000, 'one', '2024-01-01Z', true, 'x', 5000000),
             (20240102000000, 'two', '2024-01-02Z', true, 'x', -1)",
    ),
    (
        "refinery",
        &[
            ("src/migrations/V1__one.sql", ONE),
            ("src/migrations/U2__two.sql", TWO),
            ("src/migrations/V10__three.sql", THREE),
        ],
        "CREATE TABLE refinery_schema_history (version int4 PRIMARY KEY, name varchar(255), applied_on varchar(255),
             checksum varchar(255));
         INSERT INTO refinery_schema_history VALUES (1, 'one', '2024-01-01T10:00:00.5+00:00', '123'),
             (2, 'two', '2024-01-02T10:00:00Z', '456')",
    ),
    (
        "diesel",
        &[
            ("migrations/00000000000000_diesel_initial_setup/up.sql", "SELECT 1;\n"),
            ("migrations/00000000000000_diesel_initial_setup/down.sql", "SELECT 1;\n"),
            ("migrations/2024-01-01-000000_one/up.sql", ONE),
            ("migrations/2024-01-01-000000_one/down.sql", "DROP TABLE one;\n"),
            ("migrations/2024-01-02-000000_two/up.sql", TWO),
            ("migrations/2024-01-03-000000_three/up.sql", THREE),
        ],
        "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY,
             run_on timestamp NOT NULL DEFAULT now());
         INSERT INTO __diesel_schema_migrations VALUES ('00000000000000', '2024-01-01'),
             ('20240101000000', '2024-01-01'), ('20240102000000', '2024-01-02')",
    ),
    (
        "flyway",
        &[
            ("db/migration/V1__one.sql", ONE),
            ("db/migration/V1.2__two.sql", TWO),
            ("db/migration/U1.2__two.sql", "DROP TABLE two;\n"),
            ("db/migration/V1.10__three.sql", THREE),
            ("db/migration/R__all_views.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS a;\n"),
        ],
        "CREATE VIEW v AS SELECT 1 AS a;
         CREATE TABLE three (id int);
         CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),
             description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum int,
             installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
             execution_time int NOT NULL, success boolean NOT NULL);
         CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success);
         INSERT INTO flyway_schema_history VALUES
             (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '\"public\"', NULL, 'cook', '2024-01-01', 0, true),
             (1, '1', 'one', 'SQL', 'V1__one.sql', 11, 'cook', '2024-01-01', 12, true),
             (2, '1.2', 'two', 'SQL', 'V1.2__two.sql', 12, 'cook', '2024-01-02', 13, true),
             (3, NULL, 'all views', 'SQL', 'R__all_views.sql', 13, 'cook', '2024-01-02', 14, true),
             (4, NULL, 'all views', 'SQL', 'R__all_views.sql', 14, 'cook', '2024-01-03', 15, true),
             (5, '1.10', 'three', 'SQL', 'V1.10__three.sql', 12, 'cook', '2024-01-04', 16, true)",
    ),
    (
        "golang-migrate",
        &[
            ("migrations/000001_one.up.sql", ONE),
            ("migrations/000001_one.down.sql", "DROP TABLE one;\n"),
            ("migrations/000002_two.up.sql", TWO),
            ("migrations/000002_two.down.sql", "DROP TABLE two;\n"),
            ("migrations/000003_three.up.sql", THREE),
        ],
        "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
         INSERT INTO schema_migrations VALUES (2, false)",
    ),
    (
        "goose",
        &[
            ("db/migrations/00001_one.sql", "-- +goose Up\nCREATE TABLE one (id int);\n\n-- +goose Down\nDROP TABLE one;\n"),
            (
                "db/migrations/00002_two.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nCREATE TABLE two (id int);\n\
                 -- +goose StatementEnd\n-- +goose Down\nDROP TABLE two;\n",
            ),
            ("db/migrations/00003_three.sql", "-- +goose Up\nCREATE TABLE three (id int);\n"),
        ],
        "CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL,
             tstamp timestamp DEFAULT now());
         INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (0, true, '2024-01-01'),
             (1, true, '2024-01-01'), (2, true, '2024-01-02'), (3, true, '2024-01-03'), (3, false, '2024-01-04')",
    ),
    (
        "dbmate",
        &[
            (
                "db/migrations/20240101000000_one.sql",
                "-- migrate:up\nCREATE TABLE one (id int);\n\n-- migrate:down\nDROP TABLE one;\n",
            ),
            (
                "db/migrations/20240102000000_two.sql",
                "-- migrate:up transaction:false\nCREATE TABLE two (id int);\n\n-- migrate:down\n",
            ),
            ("db/migrations/20240103000000_three.sql", "-- migrate:up\nCREATE TABLE three (id int);\n"),
        ],
        "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
         INSERT INTO schema_migrations VALUES ('20240101000000'), ('20240102000000')",
    ),
    (
        "atlas",
        &[
            ("db/migrations/20240101000000_one.sql", ONE),
            ("db/migrations/20240102000000.sql", TWO),
            ("db/migrations/20240103000000_three.sql", THREE),
            ("db/migrations/atlas.sum", "h1:x=\n"),
        ],
        "CREATE SCHEMA atlas_schema_revisions;
         CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (version varchar NOT NULL PRIMARY KEY,
             description varchar NOT NULL, type bigint NOT NULL DEFAULT 2, applied bigint NOT NULL DEFAULT 0,
             total bigint NOT NULL DEFAULT 0, executed_at timestamptz NOT NULL, execution_time bigint NOT NULL,
             error text, error_stmt text, hash varchar NOT NULL, partial_hashes jsonb, operator_version varchar NOT NULL);
         INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES
             ('.atlas_cloud_identifier', 'uuid', 2, 0, 0, '2024-01-01Z', 0, '', '', '', 'null', 'Atlas CLI'),
             ('20240101000000', 'one', 2, 1, 1, '2024-01-01Z', 5000000, '', '', 'x', 'null', 'Atlas CLI'),
             ('20240102000000', '', 2, 1, 1, '2024-01-02Z', 6000000, '', '', 'x', 'null', 'Atlas CLI')",
    ),
    (
        "supabase",
        &[
            ("supabase/migrations/20240101000000_one.sql", ONE),
            ("supabase/migrations/20240102000000_two.sql", TWO),
            ("supabase/migrations/20240103000000_three.sql", THREE),
        ],
        "CREATE SCHEMA supabase_migrations;
         CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY, statements text[], name text);
         INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101000000', NULL, 'one'),
             ('20240102000000', NULL, 'two')",
    ),
    (
        "prisma",
        &[
            ("prisma/migrations/20240101000000_one/migration.sql", ONE),
            ("prisma/migrations/20240102000000_two/migration.sql", TWO),
            ("prisma/migrations/20240103000000_three/migration.sql", THREE),
            ("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n"),
        ],
        "CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL,
             finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
             started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0);
         INSERT INTO _prisma_migrations VALUES
             ('a', 'x', '2024-01-01 00:00:01.5Z', '20240101000000_one', NULL, NULL, '2024-01-01Z', 1),
             ('b', 'x', NULL, '20240102000000_two', 'failed', '2024-01-02Z', '2024-01-02Z', 0),
             ('c', 'x', '2024-01-03Z', '20240102000000_two', NULL, NULL, '2024-01-03Z', 1)",
    ),
    (
        "node-pg-migrate",
        &[
            (
                "db/migrations/1704067200000_one.sql",
                "-- Up Migration\nCREATE TABLE one (id int);\n\n-- Down Migration\nDROP TABLE one;\n",
            ),
            ("db/migrations/1704153600000_two.sql", "-- Up Migration\nCREATE TABLE two (id int);\n\n-- Down Migration\n"),
            ("db/migrations/1704240000000_three.sql", THREE),
        ],
        "CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);
         INSERT INTO pgmigrations (name, run_on) VALUES ('1704067200000_one', '2024-01-01'),
             ('1704153600000_two', '2024-01-02')",
    ),
    (
        "node-pg-migrate",
        &[("migrations/1704067200000_one.js", ""), ("migrations/1704153600000_two-tables.ts", "")],
        "CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);
         INSERT INTO pgmigrations (name, run_on) VALUES ('1704067200000_one', '2024-01-01'),
             ('1704153600000_two-tables', '2024-01-02')",
    ),
    (
        "knex",
        &[("migrations/20240101000000_one.js", ""), ("migrations/20240102000000_two.js", "")],
        "CREATE TABLE knex_migrations (id serial PRIMARY KEY, name varchar(255), batch integer, migration_time timestamptz);
         CREATE TABLE knex_migrations_lock (index serial PRIMARY KEY, is_locked integer);
         INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('20240101000000_one.js', 1, '2024-01-01Z'),
             ('20240102000000_two.js', 2, '2024-01-02Z')",
    ),
    (
        "sequelize",
        &[],
        "CREATE TABLE \"SequelizeMeta\" (name varchar(255) PRIMARY KEY);
         INSERT INTO \"SequelizeMeta\" VALUES ('20240101000000-one.js'), ('20240102000000-two.js')",
    ),
    (
        "typeorm",
        &[],
        "CREATE TABLE migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL);
         INSERT INTO migrations (timestamp, name) VALUES (1704067200000, 'One1704067200000'),
             (1704153600000, 'Two1704153600000')",
    ),
    (
        "rails",
        &[
            ("db/migrate/20240101000000_create_one.rb", ""),
            ("db/migrate/20240102000000_create_two.rb", ""),
        ],
        "CREATE TABLE schema_migrations (version character varying NOT NULL PRIMARY KEY);
         CREATE TABLE ar_internal_metadata (key character varying NOT NULL PRIMARY KEY, value character varying,
             created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
         INSERT INTO schema_migrations VALUES ('20240101000000'), ('20240102000000')",
    ),
    (
        "django",
        &[],
        "CREATE TABLE django_migrations (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, app varchar(255) NOT NULL,
             name varchar(255) NOT NULL, applied timestamptz NOT NULL);
         INSERT INTO django_migrations (app, name, applied) VALUES ('auth', '0001_initial', '2024-01-01Z'),
             ('shop', '0001_initial', '2024-01-02Z')",
    ),
    (
        "alembic",
        &[("alembic/versions/1975ea83b712_create_one.py", "")],
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL,
             CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
         INSERT INTO alembic_version VALUES ('1975ea83b712')",
    ),
    (
        "ecto",
        &[("priv/repo/migrations/20240101000000_create_one.exs", "")],
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp(0));
         INSERT INTO schema_migrations VALUES (20240101000000, '2024-01-01'), (20240102000000, '2024-01-02')",
    ),
    (
        "laravel",
        &[],
        "CREATE TABLE migrations (id serial PRIMARY KEY, migration varchar(255) NOT NULL, batch integer NOT NULL);
         INSERT INTO migrations (migration, batch) VALUES ('2014_10_12_000000_create_users_table', 1),
             ('2019_08_19_000000_create_failed_jobs_table', 1)",
    ),
];

#[tokio::test]
async fn every_other_system() {
    let mut all = String::new();
    for (system, files, history) in TRIALS {
        let project = Scene::new(files, &format!("{BOTH}{history}")).await;
        let before = project.files();
        all += &format!("## {system}\n\n{}\n{}", project.done(&["adopt"]), project.done(&["status"]));
        let after = project.files();
        assert!(before.iter().all(|file| after.contains(file)), "{system} lost a file");
        for (name, text) in after.iter().filter(|file| !before.contains(file) && !file.0.contains("baseline"))
        {
            all += &format!("\n-- {name}\n{text}");
        }
        all += "\n\n";
        // It is in order: what was applied is not run again, and what is left runs.
        project.done(&["apply"]);
        project.done(&["status", "--exit-code"]);
        let (code, printed) = project.run(&["diff", "live", "migrations"]);
        assert_eq!(code, 0, "{system}: {printed}");
        assert!(project.goes_on().await.ends_with("_later"), "{system}");
    }
    snapshot("systems", &all);
}

/// A constant for every system that is no fixture of its own.
#[test]
fn no_system_is_forgotten() {
    let apart = ["numbered", "python", "alphabetical", "drizzle"];
    for system in schemadiff::adopt::SYSTEMS.iter().map(|system| system.name) {
        assert!(
            apart.contains(&system) || TRIALS.iter().any(|trial| trial.0 == system),
            "{system} has no trial"
        );
    }
}

/// What is wrong, the files, the history, and what is asked for.
type Refusal<'a> = (&'a str, &'a [(&'a str, &'a str)], String, &'a [&'a str]);

/// Whatever is wrong, nothing is changed: neither a file nor the database.
#[tokio::test]
async fn what_is_refused() {
    let migrate = "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);";
    let goose = "CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL,
                     is_applied boolean NOT NULL, tstamp timestamp DEFAULT now());
                 INSERT INTO goose_db_version (version_id, is_applied) VALUES (1, true);";
    let numbered =
        "CREATE TABLE schema_migrations (version integer, name text, applied_at timestamptz DEFAULT now());";
    let one = ("migrations/0001_one.sql", ONE);
    let cut = ("migrations/0001_one.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n");
    let trials: [Refusal<'_>; 11] = [
        ("no history", &[one], String::new(), &[]),
        ("the history of another system", &[one], migrate.to_owned(), &["--from", "flyway"]),
        ("an unknown system", &[one], String::new(), &["--from", "gose"]),
        (
            "an unknown shape",
            &[one],
            "CREATE TABLE schema_migrations (version text, applied_by name, score numeric(4, 2));
             CREATE TABLE migrations (bird text);"
                .to_owned(),
            &[],
        ),
        ("two systems", &[one], format!("{migrate}{goose}"), &[]),
        ("half-way", &[one], format!("{migrate} INSERT INTO schema_migrations VALUES (1, true)"), &[]),
        (
            "no files",
            &[("readme", "")],
            format!("{migrate} INSERT INTO schema_migrations VALUES (1, false)"),
            &[],
        ),
        ("no folder", &[one], migrate.to_owned(), &["--dir", "db/sql"]),
        ("in the way", &[cut], goose.to_owned(), &[]),
        (
            "one of two with one number",
            &[one, ("migrations/0001_two.sql", TWO)],
            format!("{numbered} INSERT INTO schema_migrations VALUES (1, 'two')"),
            &[],
        ),
        (
            "another file",
            &[
                ("db/migrations/0001_one.sql", ONE),
                ("migrations/0001_one.sql", TWO),
                ("migrations/0002_x.sql", TWO),
            ],
            format!("{migrate} INSERT INTO schema_migrations VALUES (1, false)"),
            &["--dir", "db/migrations"],
        ),
    ];
    let mut all = String::new();
    for (about, files, sql, arguments) in trials {
        let project = Scene::new(files, &sql).await;
        let before = project.files();
        let printed = project.refused(&[&["adopt"], arguments].concat());
        assert_eq!(project.files(), before, "{about}");
        let ours = "SELECT count(*)::text FROM pg_namespace WHERE nspname = 'schemadiff'";
        assert_eq!(project.rows(ours).await, ["0"], "{about}");
        all += &format!("## {about}\n{printed}\n");
    }
    snapshot("refused", &all);
}

#[tokio::test]
async fn a_name_that_both_want() {
    let files = [("db/migrations/20240101000000_one.sql", "-- migrate:up\nCREATE TABLE one (id int);\n")];
    let sql = "CREATE TABLE one (id int);
        CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
        INSERT INTO schema_migrations VALUES ('20240101000000')";
    let project = Scene::new(&files, sql).await;
    project
        .write("schemadiff.yaml", "scratch: server\nhistory: {schema: public, table: schema_migrations}\n");
    project.write("migrations/.keep", "");
    let untouched = project.refused(&["status"]);
    snapshot("a_name_that_both_want", &format!("{untouched}\n{}", project.done(&["adopt"])));
    assert_eq!(project.rows("SELECT version FROM schema_migrations_adopted").await, ["20240101000000"]);
    assert_eq!(project.rows("SELECT name FROM schema_migrations").await, ["one"]);
    assert_eq!(project.goes_on().await, "20240101000001_later");
}

#[tokio::test]
async fn nothing_runs_twice_for_want_of_adopting() {
    let files = [
        ("db/migrations/20240101000000_one.sql", "-- migrate:up\nCREATE TABLE one (id int);\n"),
        ("migrations/20240101000000_one.sql", ONE),
    ];
    let sql = "CREATE TABLE one (id int);
        CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
        INSERT INTO schema_migrations VALUES ('20240101000000')";
    let project = Scene::new(&files, sql).await;
    snapshot("not_adopted", &project.refused(&["apply"]));
    // What stands beside another system, and is none of its files, runs.
    std::fs::remove_file(project.project.path(files[1].0)).unwrap();
    project.write("migrations/0001_beside.sql", TWO);
    project.done(&["apply"]);
}

/// What other systems keep goes with the schema that it is in, and is told, for the files that do without that schema.
#[tokio::test]
async fn what_others_keep_in_a_schema_that_goes_goes_with_it() {
    let made = "CREATE SCHEMA auth; CREATE TABLE auth.schema_migrations (version varchar(128) PRIMARY KEY);
        CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);";
    let project = Scene::new(&[("schema/one.sql", "CREATE TABLE one (id int);\n")], made).await;
    let said = project.project.fails(1, "generate one");
    assert!(
        said.contains("\n  table auth.schema_migrations (no rows)\n") && !said.contains("\n  table public."),
        "{said}"
    );
    let note = "note: table public.schema_migrations is not compared: another system of migrations";
    assert!(said.contains(note) && !said.contains("note: table auth."), "{said}");
    project.write("schemadiff.yaml", "scratch: server\nexclude: [public.schema_migrations]\n");
    let said = project.project.fails(1, "generate one");
    assert!(!said.contains("note: ") && !said.contains("warning: "), "{said}");
    project.done(&["generate", "one", "--allow-destructive"]);
    project.done(&["apply"]);
    assert!(project.done(&["diff"]).ends_with("No differences.\n"));
    let left = "SELECT n.nspname || '' FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relname = 'schema_migrations' ORDER BY 1";
    assert_eq!(project.rows(left).await, ["public", "schemadiff"]);
}

/// Without that, what the files say of it would be passed over, or made a second time.
#[tokio::test]
async fn what_the_files_make_is_part_of_the_schema() {
    let table =
        |more: &str| format!("CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY{more});\n");
    let files = [
        ("schema/bookkeeping.sql", table("")),
        ("schema/one.sql", "CREATE TABLE one (id int);\n".to_owned()),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let project = Scene::new(&files, &table("")).await;
    project.done(&["generate", "one"]);
    project.done(&["apply"]);
    project.write("schema/bookkeeping.sql", &table(", remark text"));
    project.done(&["generate", "remark"]);
    let written = std::fs::read_to_string(project.project.path("migrations/0002_remark.sql")).unwrap();
    assert!(written.contains("ADD COLUMN IF NOT EXISTS remark text"), "{written}");
    project.done(&["apply"]);
    assert!(project.done(&["diff"]).ends_with("No differences.\n"));
}

/// A second database of the same project finds the files that the first has left, and may be behind.
#[tokio::test]
async fn a_second_database() {
    let numbered =
        "CREATE TABLE schema_migrations (version integer, name text, applied_at timestamptz DEFAULT now());
        CREATE TABLE one (id int); INSERT INTO schema_migrations VALUES (1, 'one');";
    let files = [
        ("migrations/001_one.sql", ONE),
        ("migrations/002_two.sql", TWO),
        ("migrations/002_three.sql", THREE),
    ];
    let ahead =
        format!("{numbered}{TWO}{THREE} INSERT INTO schema_migrations VALUES (2, 'two'), (2, 'three')");
    let first = Scene::new(&files, &ahead).await;
    first.done(&["adopt"]);
    let marker = first.project.read("migrations/003_adopted.sql");
    assert!(marker.contains("-- Duplicates: 002\n"), "{marker}");
    let second = Scene::new(&files, numbered).await;
    second.write("migrations/003_adopted.sql", &marker);
    assert!(second.done(&["adopt"]).contains("3 migrations pending"));
    second.done(&["apply"]);
    second.done(&["status", "--exit-code"]);

    let alembic = "CREATE TABLE one (id int);
        CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('1975ea83b712')";
    let first = Scene::new(&[], alembic).await;
    first.done(&["adopt"]);
    let baseline = first.files().into_iter().find(|file| file.0.contains("baseline")).unwrap();
    let second = Scene::new(&[], alembic).await;
    second.write(&baseline.0, &baseline.1);
    assert!(second.refused(&["apply"]).contains("`schemadiff adopt` takes that history over"));
    second.done(&["adopt"]);
    assert_eq!(second.files().iter().filter(|file| file.0.contains("baseline")).count(), 1);
    second.done(&["status", "--exit-code"]);
    // A new database is made by the baseline.
    let third = Scene::new(&[(&baseline.0, &baseline.1)], "").await;
    third.done(&["apply"]);
    assert_eq!(third.rows("SELECT to_regclass('one')::text").await, ["one"]);
}

#[tokio::test]
async fn programs_read_it_too() {
    let files = [("migrations/000001_one.up.sql", ONE), ("migrations/000002_two.up.sql", TWO)];
    let sql = "CREATE TABLE one (id int);
        CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
        INSERT INTO schema_migrations VALUES (1, false)";
    let project = Scene::new(&files, sql).await;
    snapshot("json", &project.done(&["adopt", "--format", "json"]));
}
