//! Schemas whose tables a publication publishes: `pg_publication_namespace`.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, Subject};
use crate::plan::Step;
use crate::postgres::guard;

/// One schema's place in one publication.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicationSchema {
    /// The publication, as the server spells it.
    pub publication: String,
    /// The schema, as the server spells it.
    pub schema: String,
}

impl PublicationSchema {
    /// As it stands after FOR or ADD.
    pub fn clause(&self) -> String {
        format!("TABLES IN SCHEMA {}", self.schema)
    }
}

impl Kind for PublicationSchema {
    const NAME: &'static str = "publication schema";
    const KEYWORD: &'static str = "PUBLICATION SCHEMA";
    const QUERY: &'static str = include_str!("publication_schema.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let add = format!("ALTER PUBLICATION {} ADD {}", self.publication, self.clause());
        vec![guard::unless_exists(it, &add)]
    }

    fn remove(&self, it: &Subject) -> Vec<Step> {
        let drop = format!("ALTER PUBLICATION {} DROP {}", self.publication, self.clause());
        vec![guard::if_there(it.address, &drop)]
    }
}
