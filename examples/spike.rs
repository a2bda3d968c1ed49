//! Plans between two live databases: a bench for kinds while they are written.
#![allow(clippy::unwrap_used)]
use schemadiff::{plan, postgres::introspect::*};
use std::collections::BTreeMap;
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut catalogs = vec![];
    for url in std::env::args().skip(1).take(2) {
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let t = std::time::Instant::now();
        let c = match introspect(&client, &Scope::default()).await {
            Ok(c) => c,
            Err(e) => {
                eprintln!("{e}");
                std::process::exit(2)
            }
        };
        eprintln!("-- {} objects {} edges {:?}", c.objects.len(), c.requires().len(), t.elapsed());
        catalogs.push(c);
    }
    let options = plan::Options { online: plan::Online::Never, sizes: BTreeMap::new() };
    let t = std::time::Instant::now();
    for c in plan::changes(&catalogs[0], &catalogs[1]) {
        if std::env::var("V").is_ok() {
            eprintln!("-- {}", serde_json::to_string(&c).unwrap());
        }
    }
    match plan::plan(&catalogs[0], &catalogs[1], &options) {
        Ok(p) => {
            for s in p.steps {
                println!("{};", s.sql);
            }
        }
        Err(e) => {
            eprintln!("error: {e}");
            std::process::exit(1)
        }
    }
    eprintln!("-- planned {:?}", t.elapsed());
}
