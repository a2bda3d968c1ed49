//! The ledger is held to what a server says of itself, and to what the kinds' queries read.
#![allow(clippy::unwrap_used)]

use schemadiff::postgres::connect::OLDEST_VERSION;
use schemadiff::postgres::introspect;
use schemadiff::postgres::kinds::REGISTRY;
use schemadiff::postgres::ledger::{
    self, ADDRESS, Column, Line, MACHINE, NEWEST_VERSION, Reader, TEXT, Verdict, parse,
};

#[path = "support/server.rs"]
mod server;

use server::{connect, database};

fn lines() -> Vec<Line> {
    parse(TEXT).unwrap_or_else(|error| panic!("{error}"))
}

async fn columns() -> Vec<Column> {
    let session = connect(&database().await).await;
    ledger::columns(&session).await.unwrap()
}

fn told(columns: &[Column]) -> String {
    columns.iter().map(|column| format!("\n{}\t{}", column.catalog, column.name)).collect()
}

#[tokio::test]
async fn every_column_of_the_server_is_in_the_ledger() {
    let columns = columns().await;
    let lacking = ledger::lacking(&lines(), server::server().major(), &columns);
    assert!(lacking.is_empty(), "these lines are to be added to the ledger:{}", told(&lacking));
}

#[tokio::test]
async fn a_line_that_is_taken_out_is_missed() {
    let columns = columns().await;
    let major = server::server().major();
    for (number, line) in TEXT.lines().enumerate().skip(1) {
        let kept: Vec<&str> = TEXT.lines().filter(|other| *other != line).collect();
        let missed = ledger::lacking(&parse(&kept.join("\n")).unwrap(), major, &columns);
        let taken = &lines()[number - 1];
        let expected =
            if (taken.since..=taken.until).contains(&major) { vec![&taken.column] } else { vec![] };
        assert_eq!(missed.iter().collect::<Vec<_>>(), expected, "{line}");
    }
}

#[tokio::test]
async fn every_line_is_of_a_column_that_the_server_has() {
    let columns = columns().await;
    let major = server::server().major();
    let stale = lines().into_iter().filter(|line| {
        (line.since..=line.until).contains(&major) && !columns.contains(&line.column)
            || line.since < OLDEST_VERSION
            || line.until > NEWEST_VERSION
            || line.since > line.until
    });
    let stale: Vec<Column> = stale.map(|line| line.column).collect();
    assert!(
        stale.is_empty(),
        "PostgreSQL {major} does not have these columns of the ledger:{}",
        told(&stale)
    );
}

/// The query of a kind names what it reads, unless the server prints it.
#[test]
fn what_is_managed_is_read() {
    let mut unread = Vec::new();
    for line in lines() {
        let Verdict::Managed(readers) = &line.verdict else { continue };
        for reader in readers {
            let sought = reader.through.as_deref().unwrap_or(&line.column.name);
            if !reads(reader, sought) {
                unread.push(format!(
                    "{}.{}: {} does not read {sought}",
                    line.column.catalog, line.column.name, reader.kind
                ));
            }
        }
    }
    assert!(unread.is_empty(), "{}", unread.join("\n"));
}

fn reads(reader: &Reader, sought: &str) -> bool {
    if reader.kind == MACHINE {
        return introspect::texts().any(|text| has_word(&text, sought));
    }
    let entry = REGISTRY.iter().find(|entry| entry.name == reader.kind);
    let entry = entry.unwrap_or_else(|| panic!("the ledger names `{}`, which is no kind", reader.kind));
    match sought {
        ADDRESS => !entry.named,
        _ => has_word(entry.query, sought),
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|found| found == word)
}

#[test]
fn every_kind_is_in_the_ledger() {
    let lines = lines();
    let readers: Vec<&Reader> = lines
        .iter()
        .filter_map(|line| match &line.verdict {
            Verdict::Managed(readers) => Some(readers),
            _ => None,
        })
        .flatten()
        .collect();
    for entry in REGISTRY {
        assert!(readers.iter().any(|reader| reader.kind == entry.name), "`{}` manages nothing", entry.name);
    }
}

/// What is found at run time to be managed by nobody is sought in every catalog whose rows are objects.
#[test]
fn every_catalog_of_objects_is_searched() {
    let query = include_str!("../src/postgres/introspect/objects.sql");
    for line in lines() {
        if line.column.name == "oid" && matches!(line.verdict, Verdict::Managed(_)) {
            assert!(has_word(query, &line.column.catalog), "objects.sql leaves out {}", line.column.catalog);
        }
    }
}
