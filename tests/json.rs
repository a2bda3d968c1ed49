//! What `--format json` prints is what docs/output.schema.json says, for every command.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use serde_json::{Value, json};

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;

const SCHEMA: &str = "create table item (id bigint primary key, note text);
create table part (id bigint primary key, item_id bigint references item);\n";

/// Commands in the order of a day's work, with the exit code of each.
const DAY: [(&str, i32); 27] = [
    ("init", 0),
    ("generate first --dry-run", 0),
    ("generate first", 0),
    ("generate", 2),
    ("status", 0),
    ("apply --dry-run", 0),
    ("apply", 0),
    ("apply", 0),
    ("generate", 0),
    ("status --drift", 0),
    ("check", 0),
    ("lint", 1),
    ("lint --rules", 0),
    ("review 0001", 0),
    ("graph", 0),
    ("why 0001:12", 0),
    ("diff", 0),
    ("dump", 0),
    ("dump --output tree", 0),
    ("dump --output one.sql", 0),
    ("new more --down", 0),
    ("renumber --dry-run", 0),
    ("baseline 0002 --dry-run", 0),
    ("rollback --to 0 --dry-run --allow-destructive", 0),
    ("rollback --to 0 --allow-destructive", 0),
    ("diff", 1),
    ("adopt", 2),
];

fn documented() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap_or_default()).unwrap_or_default()
}

#[test]
fn the_schema_is_up_to_date() {
    let made = Project::with(&[]).done("reference --output-schema");
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.schema.json"), &made).unwrap();
    }
    let made: Value = serde_json::from_str(&made).unwrap();
    assert!(made == documented(), "run `schemadiff reference --output-schema > docs/output.schema.json`");
}

#[tokio::test]
async fn every_command_prints_what_is_documented() {
    let schema = documented();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let database = server::database().await;
    let project = Project::empty().on(&database.connection_string());
    let mut seen = vec![];
    for (line, code) in DAY {
        let ended = project.run(&format!("{line} --format json"));
        assert_eq!(ended.code, code, "{line}: {}", ended.printed());
        let command = line.split(' ').next().unwrap();
        assert!(!schema["properties"][command].is_null(), "{command} is not documented");
        let documents = serde_json::Deserializer::from_str(&ended.data).into_iter::<Value>();
        for document in documents {
            let document = json!({ command: document.unwrap_or_else(|error| panic!("{line}: {error}")) });
            let errors: Vec<String> =
                validator.iter_errors(&document).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{line}: {}\n{document:#}", errors.join("\n"));
            seen.push(command);
        }
        if line == "init" {
            std::fs::remove_file(project.path("schema/example.sql")).unwrap();
            project.write("schema/items.sql", SCHEMA);
        }
        if line.starts_with("new") {
            project.write("migrations/0002_more.sql", "SELECT 1;\n");
            project.write("migrations/0002_more.down.sql", "SELECT 2;\n");
        }
    }
    let commands = schema["properties"].as_object().unwrap();
    let silent: Vec<_> = commands.keys().filter(|command| !seen.contains(&command.as_str())).collect();
    assert_eq!(silent, ["adopt"], "what it prints is looked at in another test");
}
