//! Policies that are forced on a table's owner hide no rows from a migration that this owner applies: the cases are
//! proven as a superuser, whom no policy binds.
#![allow(clippy::unwrap_used)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use project::Project;
use server::{Database, connect, database};

/// Who owns all of it, and may do no more than that.
const OWNER: &str = "CREATE ROLE forced_owner LOGIN;
GRANT CREATE ON DATABASE :database TO forced_owner;
ALTER SCHEMA public OWNER TO forced_owner;";

/// What the owner sees no row of.
const HIDDEN: &str = "ALTER TABLE :table ENABLE ROW LEVEL SECURITY;
ALTER TABLE :table FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody ON :table USING (false);";

async fn rows(database: &Database, query: &str) -> Vec<String> {
    let rows = connect(database).await.query(query, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Brings the tables of `before`, with these rows, to `after` and back as their owner; what `query` then finds.
async fn there_and_back(before: &str, rows_before: &str, after: &str, query: &str) -> [Vec<String>; 2] {
    let database = database().await;
    let superuser = connect(&database).await;
    superuser.batch_execute(&OWNER.replace(":database", &database.to_string())).await.unwrap();
    let url = database.connection_string().replace("user=postgres", "user=forced_owner");
    assert!(url.contains("user=forced_owner"), "another superuser: {url}");
    let project = Project::with(&[("schema/all.sql", before)]).on(&url);
    project.done("generate one");
    project.done("apply");
    superuser.batch_execute(rows_before).await.unwrap();
    project.write("schema/all.sql", after);
    project.done("generate two --allow-destructive");
    project.done("apply");
    let there = rows(&database, query).await;
    project.done("rollback --steps 1 --allow-destructive");
    let back = rows(&database, query).await;
    superuser.batch_execute("DROP OWNED BY forced_owner CASCADE; DROP ROLE forced_owner").await.unwrap();
    [there, back]
}

fn hidden(table: &str) -> String {
    HIDDEN.replace(":table", table)
}

#[tokio::test]
async fn rows_are_written_past_policies() {
    // A table that is made anew, and its identity column.
    let note = "CREATE TABLE note (id integer GENERATED ALWAYS AS IDENTITY, room integer)";
    let hide = hidden("note");
    let after =
        format!("{note} PARTITION BY LIST (room); CREATE TABLE note_all PARTITION OF note DEFAULT; {hide}");
    let find = "WITH next AS (SELECT nextval('note_id_seq')) SELECT format('%s rows, next is %s', \
                (SELECT count(*) FROM note), (SELECT nextval FROM next))";
    let [there, back] = there_and_back(
        &format!("{note}; {hide}"),
        "INSERT INTO note (room) VALUES (1), (2), (3)",
        &after,
        find,
    )
    .await;
    assert_eq!((there, back), (vec!["3 rows, next is 4".to_owned()], vec!["3 rows, next is 4".to_owned()]));

    // A column that is filled, as the rows of its table lie elsewhere.
    let page = "CREATE TABLE page (id integer); CREATE TABLE shelf (first page);";
    let hide = hidden("page");
    let after = page.replace("id integer", "id integer, size integer NOT NULL DEFAULT 7");
    let rows_before = "INSERT INTO page VALUES (1), (2)";
    let find = "SELECT to_jsonb(page)::text FROM page ORDER BY id";
    let [there, back] =
        there_and_back(&format!("{page}{hide}"), rows_before, &format!("{after}{hide}"), find).await;
    assert_eq!(there, [r#"{"id": 1, "size": 7}"#, r#"{"id": 2, "size": 7}"#]);
    assert_eq!(back, [r#"{"id": 1}"#, r#"{"id": 2}"#]);

    // A column that comes from the parent, and was the child's own.
    let item = "CREATE TABLE item (id integer); CREATE TABLE book (pages integer) INHERITS (item);";
    let hide = hidden("book");
    let after = "CREATE TABLE item (id integer, pages integer); CREATE TABLE book () INHERITS (item);";
    let rows_before = "INSERT INTO book VALUES (1, 100), (2, 200)";
    let find = "SELECT to_jsonb(book)::text FROM book ORDER BY id";
    let [there, back] =
        there_and_back(&format!("{item}{hide}"), rows_before, &format!("{after}{hide}"), find).await;
    let both = [r#"{"id": 1, "pages": 100}"#, r#"{"id": 2, "pages": 200}"#];
    assert_eq!((there, back), (both.map(str::to_owned).to_vec(), both.map(str::to_owned).to_vec()));
}
