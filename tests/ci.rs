//! The templates for continuous integration do what they say: their scripts run on a clone of a repository, as the runners of
//! GitHub and GitLab run them. Only what writes comments is a stand-in.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use std::path::Path;
use std::process::{Command, Output};

use project::Project;
use serde_json::Value;

const SCHEMA: &str = "CREATE TABLE item (id bigint PRIMARY KEY);\n";
const UP: &str = "ALTER TABLE item ADD COLUMN IF NOT EXISTS note text;\n";
const DOWN: &str = "ALTER TABLE item DROP COLUMN IF EXISTS note;\n";

/// What the services fill in between `${{` and `}}`.
const FILLED_IN: [(&str, &str); 8] = [
    ("inputs.install", "schemadiff"),
    ("inputs.postgresql", ""),
    ("inputs.folder", "."),
    ("inputs.migrations", "migrations"),
    ("inputs.token", "a token"),
    ("github.token", "a token"),
    ("github.base_ref", "main"),
    ("github.event.number", "7"),
];

/// `gh` and `curl`, which keep what they are given.
const STAND_IN: &str = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"$HOME/called\"\n";

fn template(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci").join(name);
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A clone whose branch adds a migration to `main`.
fn repository() -> Project {
    let project = Project::with(&[("schema/item.sql", SCHEMA), ("migrations/0001_item.sql", SCHEMA)]);
    git(&project, "init --quiet --initial-branch main");
    git(&project, "add .");
    git(&project, "commit --quiet -m main");
    git(&project, "remote add origin .");
    git(&project, "switch --quiet -c change");
    project.write("schema/item.sql", "CREATE TABLE item (id bigint PRIMARY KEY, note text);\n");
    project.write("migrations/0002_note.sql", UP);
    project.write("migrations/0002_note.down.sql", DOWN);
    git(&project, "add .");
    git(&project, "commit --quiet -m change");
    for name in ["gh", "curl"] {
        let file = format!("stand_in/{name}");
        project.write(&file, STAND_IN);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(project.path(&file), mode).unwrap();
    }
    project
}

fn git(project: &Project, line: &str) {
    let mut command = Command::new("git");
    command.current_dir(project.path("")).env("HOME", project.path("")).args(line.split(' '));
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "cook").env(format!("GIT_{role}_EMAIL"), "cook@example.org");
    }
    let ended = command.output().unwrap();
    assert!(ended.status.success(), "git {line}: {}", String::from_utf8_lossy(&ended.stderr));
}

/// Runs a script as the runners do: it ends at the first command that fails.
fn script(project: &Project, text: &str, variables: &[(&str, &str)]) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_schemadiff")).parent().unwrap();
    let known = std::env::var("PATH").unwrap();
    let path = format!("{}:{}:{known}", project.path("stand_in").display(), binary.display());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", text]);
    command.current_dir(project.path("")).env("HOME", project.path("")).env("PATH", path);
    command.env_remove("DATABASE_URL").envs(variables.iter().copied());
    command.output().unwrap()
}

fn succeeds(project: &Project, text: &str, variables: &[(&str, &str)]) -> String {
    let ended = script(project, text, variables);
    let said =
        format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success(), "{text}\n{said}");
    said
}

/// The variables of a step, filled in.
fn variables<'a>(step: &'a Value, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fill = |text: &'a str| match text.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) {
        Some(asked) => {
            let known = FILLED_IN.iter().chain(more).find(|(name, _)| *name == asked);
            known.unwrap_or_else(|| panic!("nothing fills in `{asked}`")).1
        }
        None => text,
    };
    let own = step["env"].as_object().into_iter().flatten();
    own.map(|(name, value)| (name.as_str(), fill(value.as_str().unwrap())))
        .filter(|(name, value)| *name != "SCHEMADIFF_PG_BIN" || !value.is_empty())
        .collect()
}

fn steps(of: &Value) -> impl Iterator<Item = &Value> {
    of["steps"].as_array().unwrap().iter().filter(|step| step["run"].is_string())
}

/// What the stand-ins were called with.
fn comments(project: &Project) -> String {
    std::fs::read_to_string(project.path("called")).unwrap_or_default()
}

#[tokio::test]
async fn github_checks_reviews_and_applies() {
    let (action, workflow) = (template("action.yml"), template("github.yml"));
    for job in ["check", "apply"] {
        let given = workflow["jobs"][job]["steps"][1]["with"].as_object().unwrap();
        assert!(given.keys().all(|input| !action["inputs"][input].is_null()), "{given:?}");
    }

    let project = repository();
    for step in steps(&action["runs"]) {
        succeeds(&project, step["run"].as_str().unwrap(), &variables(step, &[]));
    }
    let called = comments(&project);
    assert!(called.starts_with("gh pr comment 7 --body-file "), "{called}");
    let review = std::fs::read_to_string(called.split(' ').nth(5).unwrap()).unwrap();
    assert!(review.contains("0002_note") && !review.contains("0001_item"), "{review}");

    let database = server::database().await;
    let url = database.connection_string();
    let secrets = [("secrets.DATABASE_URL", url.as_str())];
    for step in steps(&workflow["jobs"]["apply"]) {
        let said = succeeds(&project, step["run"].as_str().unwrap(), &variables(step, &secrets));
        assert!(said.contains("2 applied"), "{said}");
    }

    project.write("migrations/0003_other.sql", "CREATE TABLE other ();\n");
    let check = steps(&action["runs"]).find(|step| step["name"] == "Check").unwrap();
    let ended = script(&project, check["run"].as_str().unwrap(), &variables(check, &[]));
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stdout).contains("::error "), "{ended:?}");
}

#[test]
fn what_is_not_on_the_path_is_installed() {
    let (action, template) = (template("action.yml"), template("gitlab.yml"));
    let github = steps(&action["runs"]).next().unwrap();
    let gitlab = template[".schemadiff"]["before_script"][0].as_str().unwrap();
    // What is installed stands beside cargo from then on.
    let cargo = "#!/bin/sh\necho \"cargo $*\" >> called\ncp installed stand_in/schemadiff\n";
    let given = [
        ("INSTALL", "--git a.example"),
        ("SCHEMADIFF_INSTALL", "--git a.example"),
        ("PATH", "stand_in:/usr/bin:/bin"),
    ];
    for text in [github["run"].as_str().unwrap(), gitlab] {
        let project = Project::with(&[("stand_in/cargo", cargo), ("installed", "#!/bin/sh\n")]);
        for file in ["stand_in/cargo", "installed"] {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(project.path(file), mode).unwrap();
        }
        for _ in 0..2 {
            succeeds(&project, text, &given);
        }
        assert_eq!(comments(&project), "cargo install --locked --git a.example\n");
    }
}

#[tokio::test]
async fn gitlab_checks_reviews_and_applies() {
    let template = template("gitlab.yml");
    let project = repository();
    let database = server::database().await;
    let url = database.connection_string();
    let given = [
        ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("SCHEMADIFF_TOKEN", "a token"),
        ("MIGRATIONS", template["schema-review"]["variables"]["MIGRATIONS"].as_str().unwrap()),
    ];
    for job in ["schema-check", "schema-review", "schema-apply"] {
        let lines: Vec<&str> =
            template[job]["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let deploys = job == "schema-apply";
        let secret = deploys.then_some(("DATABASE_URL", url.as_str()));
        let variables: Vec<_> = given.into_iter().chain(secret).collect();
        let said = succeeds(&project, &lines.join("\n"), &variables);
        assert!(!deploys || said.contains("2 applied"), "{said}");
    }
    assert!(project.read("schemadiff.sarif").contains("\"version\": \"2.1.0\""));
    assert!(project.read("review.html").contains("0002_note"));
    let called = comments(&project);
    assert!(called.contains("merge_requests/7/notes") && called.contains("body@review.md"), "{called}");
}
