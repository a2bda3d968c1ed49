//! `naming`, `header`, `destructive` and `small_table` of the configuration, as a user meets them.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;

const TABLE: &str = "create table public.plan (id bigint primary key, remark text);\n";
const SMALLER: &str = "create table public.plan (id bigint primary key);\n";
const CONSENT: &str = "-- schemadiff: drop public.plan.remark\n";

/// A project with one applied migration, whose schema files then lose a column.
async fn losing(configuration: &str) -> (Project, server::Database) {
    let database = server::database().await;
    let files = [("schemadiff.yaml", configuration), ("schema/plan.sql", TABLE)];
    let project = Project::with(&files).on(&database.connection_string());
    for line in ["generate", "apply"] {
        let ended = project.run(line);
        assert_eq!(ended.code, 0, "{}", ended.printed());
    }
    project.write("schema/plan.sql", SMALLER);
    (project, database)
}

#[tokio::test]
async fn annotations_alone_consent() {
    let (project, _database) = losing("destructive: annotation\n").await;
    let refused = project.run("generate --allow-destructive");
    assert_eq!(refused.code, 1, "{}", refused.printed());
    assert!(
        refused.words.contains("consent to it with `-- schemadiff: drop public.plan.remark`"),
        "{}",
        refused.words
    );
    project.write("schema/plan.sql", format!("{CONSENT}{SMALLER}"));
    assert_eq!(project.run("generate").code, 0);
    assert_eq!(project.run("apply").code, 0);
}

#[tokio::test]
async fn what_is_never_to_be_lost_is_not() {
    let environments = "environments: {prod: {destructive: never}}\n";
    let (project, _database) = losing(environments).await;
    project.write("schema/plan.sql", format!("{CONSENT}{SMALLER}"));
    for line in ["--env prod generate", "--env prod generate --allow-destructive"] {
        let refused = project.run(line);
        assert_eq!(refused.code, 1, "{}", refused.printed());
        assert!(
            refused.words.contains("`destructive: never` in schemadiff.yaml forbids it"),
            "{}",
            refused.words
        );
    }
    // Written elsewhere, it is not run here.
    assert_eq!(project.run("generate").code, 0);
    for line in
        ["--env prod apply", "--env prod apply --dry-run", "--env prod rollback --to 0 --allow-destructive"]
    {
        let refused = project.run(line);
        assert_eq!(refused.code, 1, "{line}: {}", refused.printed());
        assert!(
            refused.words.contains("`destructive: never` in the configuration forbids it"),
            "{}",
            refused.words
        );
    }
    assert!(project.run("status").data.contains("pending"));
    assert_eq!(project.run("apply").code, 0);
}

#[test]
fn new_migrations_look_as_the_team_wants() {
    let project = Project::with(&[(
        "schemadiff.yaml",
        "naming: {numbers: timestamp}\nheader: |\n  -- Ticket: ${TICKET}\n  -- Reviewed by:\n",
    )]);
    let refused = project.run("new first");
    assert_eq!(refused.code, 2, "{}", refused.printed());
    assert!(refused.words.contains("`${TICKET}`, which is not set"), "{}", refused.words);
    // Who only reads the folder needs no ticket.
    assert_eq!(project.run("lint").code, 0);
    let project = project.with_variable("TICKET", "PLAN-7");
    let written = project.run("new first").data;
    let name = written.trim().rsplit('/').next().unwrap();
    assert!(name.starts_with("20") && name.len() == "20261121093000_first.sql".len(), "{name}");
    let text = std::fs::read_to_string(project.path(&format!("migrations/{name}"))).unwrap();
    assert!(text.contains("-- Hazards: not stated\n-- Ticket: PLAN-7\n-- Reviewed by:\n\n"), "{text}");
    // Two of one second still follow each other.
    let next = project.run("new second").data;
    assert!(next.trim() > written.trim(), "{written}{next}");
}

#[test]
fn numbers_are_as_wide_as_those_that_are_there() {
    let project = Project::with(&[("migrations/007_first.sql", "SELECT 1;\n")]);
    assert_eq!(project.run("new second").data, "migrations/008_second.sql\n");
    project.write("schemadiff.yaml", "naming: {digits: 5}\n");
    assert_eq!(project.run("new third").data, "migrations/00009_third.sql\n");
    for (text, said) in [
        ("naming: {digits: 19}\n", "is not a number from 1 to 18"),
        ("naming: {number: sequence}\n", "did you mean `numbers`?"),
        ("destructive: ask\n", "`ask` is none of `consent`, `annotation`, `never`"),
        ("header: Ticket\n", "is not a comment"),
        ("header: '-- Depends: 0001'\n", "is for the header itself to say"),
    ] {
        project.write("schemadiff.yaml", text);
        let refused = project.run("new fourth");
        assert_eq!(refused.code, 2, "{text}{}", refused.printed());
        assert!(refused.words.contains(said), "{}", refused.words);
    }
}

/// A key of a partition goes with its parent's, and that with those of the other partitions: they are measured too.
#[tokio::test]
async fn only_large_tables_are_treated_gently() {
    let partition = |name: &str, key: &str, from: u32| {
        format!(
            "create table public.{name} (day integer not null, constraint {key} primary key (day));
             alter table public.meal attach partition public.{name} for values from ({from}) to ({});\n",
            from + 10
        )
    };
    let schema = |key: &str| {
        let meal =
            "create table public.meal (day integer not null, primary key (day)) partition by range (day);\n";
        format!("{meal}{}{}", partition("first", key, 0), partition("second", "second_pkey", 10))
    };
    let database = server::database().await;
    let files = [("schemadiff.yaml", ""), ("schema/meal.sql", &schema("first_pkey"))];
    let project = Project::with(&files).on(&database.connection_string());
    project.done("generate one");
    project.done("apply");
    project.write("schema/meal.sql", schema("first_key"));
    let script = || project.run("generate --dry-run").data;
    assert!(script().contains("second_pkey PRIMARY KEY (day)"), "{}", script());
    assert!(!script().contains("CONCURRENTLY"), "{}", script());
    project.write("schemadiff.yaml", "small_table: 1kB\n");
    let client = server::connect(&database).await;
    client.batch_execute("INSERT INTO public.meal VALUES (1)").await.unwrap();
    assert!(
        script().contains("INDEX CONCURRENTLY IF NOT EXISTS first_key__new ON public.first"),
        "{}",
        script()
    );
}

#[tokio::test]
async fn consent_is_remembered_and_used_once() {
    let (project, _database) = losing("").await;
    project.write("schema/plan.sql", format!("{CONSENT}{SMALLER}"));
    let dry = project.done("generate --dry-run --format json");
    assert!(dry.contains(r#""consent": "drop public.plan.remark (schema/plan.sql:1)""#), "{dry}");
    project.done("generate less");
    let text = project.read("migrations/0002_less.sql");
    assert!(text.contains("\n-- Consent: drop public.plan.remark (schema/plan.sql:1)\n"), "{text}");
    assert!(!project.read("migrations/0002_less.down.sql").contains("Consent"));
    project.done("apply");
    // The line stays, and says nothing of what comes later.
    project.write("schema/plan.sql", format!("{CONSENT}{TABLE}"));
    for line in ["generate more", "apply"] {
        project.done(line);
    }
    project.write("schema/plan.sql", format!("{CONSENT}{SMALLER}"));
    let refused = project.fails(1, "generate again");
    let again = "-- schemadiff: drop public.plan.remark after 0002";
    let hint = format!(
        "hint: `drop public.plan.remark (schema/plan.sql:1)` was consent to what 0002 deletes; to consent to this too, write `{again}`\n"
    );
    assert!(refused.contains(&hint), "{refused}");
    let allowed = project.done("generate again --dry-run --allow-destructive");
    assert!(allowed.contains("-- Consent: `--allow-destructive`: column public.plan.remark\n"), "{allowed}");
    project.write("schema/plan.sql", format!("{again}\n{SMALLER}"));
    project.done("generate again");
    assert!(
        project
            .read("migrations/0004_again.sql")
            .contains("-- Consent: drop public.plan.remark after 0002 (")
    );
    project.done("apply");
    assert!(project.ends(0, "generate").words.contains("Nothing to do"));
}
