//! What follows from the configuration for the rest of the program.

use std::sync::Arc;

use super::{Config, Destructive, Environment, Managed, Numbers, Online};
use crate::Result;
use crate::migration::Style;
use crate::plan;
use crate::postgres::introspect::{Others, Scope};
use crate::runner::History;
use crate::source::Source;

impl Config {
    /// Where history is kept.
    pub fn kept_history(&self) -> History {
        History { schema: self.history.schema.clone(), table: self.history.table.clone() }
    }

    /// What catalogs are compared in; `source` has the schema files, whose statements say what is managed.
    pub fn scope(&self, source: Option<&Source>) -> Scope {
        let history = self.kept_history();
        let own = History::default();
        let mut without = vec![vec![history.schema.clone(), history.table]];
        if history.schema == own.schema {
            without.push(vec![own.schema]);
        }
        let manage = &self.manage;
        let left_out = |managed: Managed, stated: bool| match managed {
            Managed::Auto => !stated,
            Managed::Always => false,
            Managed::Never => true,
        };
        Scope {
            without,
            others: source.map_or(Others::None, |source| Others::Written(Arc::new(source.defined()))),
            selection: self.selection(),
            without_owners: left_out(manage.owners, source.is_none_or(Source::states_owners)),
            without_settings: left_out(manage.settings, source.is_none_or(Source::states_settings)),
            without_privileges: left_out(manage.privileges, source.is_none_or(Source::states_privileges)),
        }
    }

    /// How new migrations look.
    ///
    /// # Errors
    /// `header` names a variable that is not set, or has a line that is no comment.
    pub fn style(&self, environment: &Environment) -> Result<Style> {
        Ok(Style {
            timestamps: self.naming.numbers == Numbers::Timestamp,
            digits: self.naming.digits.map(|digits| digits.0),
            notes: Style::notes(&environment.expand(&self.header)?)?,
        })
    }

    /// Whether nothing that destroys data is ever run.
    pub fn forbids_losses(&self) -> bool {
        self.destructive == Destructive::Never
    }

    /// When plans avoid long locks: as an option says, else as is written here.
    pub fn locks(&self, option: Option<Online>) -> plan::Online {
        match option.unwrap_or(self.online) {
            Online::Auto => plan::Online::Above(self.small_table.0),
            Online::Always => plan::Online::Always,
            Online::Never => plan::Online::Never,
        }
    }
}
