//! `include`, `exclude` and `environments` of the configuration, as a user meets them.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;

const LIVE: &str = "
    CREATE SCHEMA legacy;
    CREATE TABLE legacy.customer (id bigint PRIMARY KEY);
    CREATE TABLE public.bill (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES legacy.customer);
    CREATE TABLE public.old_bill (id bigint);
    CREATE VIEW legacy.bills AS SELECT id FROM public.bill;";

const BILL: &str = "create table public.bill (\n    id bigint primary key,\n    \
    customer_id bigint not null references legacy.customer\n);\n";

const STUB: &str = "create schema legacy;\ncreate table legacy.customer (id bigint primary key);\n";

/// A project whose live database holds `LIVE`.
struct Scene {
    project: Project,
    _database: server::Database,
}

impl Scene {
    async fn new(configuration: &str, schema: &str) -> Scene {
        let database = server::database().await;
        server::connect(&database).await.batch_execute(LIVE).await.unwrap();
        let configuration = configuration.replace("URL", &database.connection_string());
        let files = [("schemadiff.yaml", configuration.as_str()), ("schema/public.sql", schema)];
        let project = Project::with(&files).on("host=/nowhere user=nobody");
        Scene { project, _database: database }
    }

    /// The exit code, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let ended = self.project.run(arguments);
        (ended.code, ended.data, ended.words)
    }
}

const CONFIGURATION: &str =
    "exclude: [legacy, public.old_*]\nenvironments: {live: {database_url: \"URL\"}, prod: {}}\n";

#[tokio::test]
async fn what_is_excluded_is_neither_compared_nor_dropped() {
    let scene = Scene::new(CONFIGURATION, BILL).await;
    let (code, _, told) = scene.run(&["--env", "live", "diff"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("legacy") && told.contains("hint: "), "{told}");

    // What an object that is compared needs of one that is not may stand in the schema files.
    scene.project.write("schema/legacy.sql", STUB);
    let (code, data, told) = scene.run(&["--env", "live", "diff"]);
    assert_eq!((code, data.as_str()), (0, ""), "{told}");

    scene.project.write("schema/public.sql", BILL.replace("\n);", ",\n    paid boolean\n);"));
    let (code, data, told) = scene.run(&["--env", "live", "generate", "paid"]);
    assert_eq!(code, 0, "{data}{told}");
    let text = scene.project.read("migrations/0001_paid.sql");
    assert!(text.contains("ADD COLUMN IF NOT EXISTS paid") && !text.contains("DROP"), "{text}");
    assert!(!text.contains("legacy") && !text.contains("old_bill"), "{text}");

    let (code, data, told) = scene.run(&["--env", "live", "dump"]);
    assert_eq!(code, 0, "{told}");
    assert!(
        data.contains("TABLE public.bill") && !data.contains("old_bill") && !data.contains("CREATE SCHEMA")
    );
}

#[tokio::test]
async fn a_pattern_that_matches_nothing_is_told() {
    let patterns = "exclude: [legcay, public.old_*, legacy]";
    let scene = Scene::new(&CONFIGURATION.replace("exclude: [legacy, public.old_*]", patterns), BILL).await;
    scene.project.write("schema/legacy.sql", STUB);
    let warning =
        "warning: the pattern `legcay` of schemadiff.yaml matches no object; did you mean `legacy`?\n";
    // From the cache too.
    for arguments in [vec!["diff"], vec!["diff"], vec!["generate", "--dry-run"], vec!["dump"]] {
        let (code, _, told) = scene.run(&[vec!["--env", "live"], arguments].concat());
        assert_eq!((code, told.matches("warning: ").count()), (0, 1), "{told}");
        assert!(told.contains(warning), "{told}");
    }

    scene.project.write("schemadiff.yaml", "schema: schema\nexclude:\n  - tabel public.bill\n");
    let (code, _, told) = scene.run(&["diff"]);
    assert_eq!(code, 2);
    assert!(told.contains("no kind of object is called `tabel`\n --> schemadiff.yaml:3:5"), "{told}");
    assert!(told.contains("did you mean `table public.bill`?"), "{told}");
}

#[tokio::test]
async fn what_is_needed_by_what_is_excluded_stays() {
    let scene = Scene::new(CONFIGURATION, "create table public.note (id bigint);").await;
    let (code, _, told) = scene.run(&["--env", "live", "diff"]);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("public.bill would be dropped") || told.contains("column public.bill.id would"),
        "{told}"
    );
    assert!(told.contains("view legacy.bills"), "{told}");
}

#[tokio::test]
async fn only_what_is_included_is_compared() {
    let configuration =
        CONFIGURATION.replace("exclude: [legacy, public.old_*]", "include: [table public.old_bill]");
    let scene = Scene::new(&configuration, "create table public.old_bill (id bigint);").await;
    let (code, data, told) = scene.run(&["--env", "live", "diff"]);
    assert_eq!((code, data.as_str()), (0, ""), "{told}");
}

#[tokio::test]
async fn an_environment_is_chosen_by_name() {
    let scene = Scene::new(CONFIGURATION, BILL).await;
    let (code, _, told) = scene.run(&["--env", "prd", "status"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("there is no environment `prd`") && told.contains("did you mean `prod`?"),
        "{told}"
    );
    let (code, _, told) = scene.run(&["--env", "live", "status"]);
    assert_eq!(code, 0, "{told}");
    // One that names no database leaves the choice to DATABASE_URL.
    let (code, _, told) = scene.run(&["--env", "prod", "status"]);
    assert_eq!(code, 2);
    assert!(told.contains("/nowhere"), "{told}");
}
