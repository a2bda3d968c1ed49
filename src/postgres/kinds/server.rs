//! Foreign servers: `pg_foreign_server`.

use serde::{Deserialize, Serialize};

use super::options;
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::literal;

/// A place that a foreign-data wrapper reaches.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Server {
    /// The wrapper.
    pub wrapper: String,
    /// A word that wrappers may read.
    #[serde(rename = "type")]
    pub type_: Option<String>,
    /// Another one.
    pub version: Option<String>,
    /// `name=value`, in order of names, without secrets.
    pub options: Vec<String>,
}

impl Kind for Server {
    const NAME: &'static str = "server";
    const KEYWORD: &'static str = "SERVER";
    const QUERY: &'static str = include_str!("server.sql");
    const PRIVILEGES: Option<char> = Some('S');

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE SERVER IF NOT EXISTS {it}");
        sql.extend(self.type_.as_ref().map(|type_| format!(" TYPE {}", literal(type_))));
        sql.extend(self.version.as_ref().map(|version| format!(" VERSION {}", literal(version))));
        sql.push_str(&format!(" FOREIGN DATA WRAPPER {}", self.wrapper));
        sql.push_str(&options::clause(&self.options));
        vec![Step::new(sql)]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        if (&self.wrapper, &self.type_) != (&old.wrapper, &old.type_) {
            return Alter::Replace;
        }
        let head = format!("ALTER SERVER {it}");
        let mut steps = vec![];
        if self.version != old.version {
            let version = self.version.as_deref().map_or("NULL".to_owned(), literal);
            steps.push(Step::new(format!("{head} VERSION {version}")));
        }
        let stored = format!(
            "SELECT FROM pg_foreign_server AS s CROSS JOIN unnest(s.srvoptions) AS o \
             JOIN (VALUES ({})) AS v (name) ON v.name = s.srvname",
            literal(&it.address.names[0])
        );
        steps.extend(options::steps(&head, &stored, &old.options, &self.options));
        Alter::InPlace(steps)
    }

    fn granted_on(&self, it: &Subject) -> (String, String) {
        (String::new(), format!("FOREIGN SERVER {it}"))
    }
}
