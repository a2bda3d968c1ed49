//! What follows from the configuration for the rest of the program.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::{Config, Destructive, Environment, Managed, Numbers, Online};
use crate::migration::Style;
use crate::plan;
use crate::postgres::introspect::{Others, Scope, Versions};
use crate::runner::History;
use crate::source::Source;
use crate::{Error, ErrorKind, Result};

impl Config {
    /// Where history is kept.
    pub fn kept_history(&self) -> History {
        History { schema: self.history.schema.clone(), table: self.history.table.clone() }
    }

    /// The schema files at `path`.
    ///
    /// # Errors
    /// Those of [`Source::read`], and what [`managing`](Self::managing) refuses.
    pub fn source(&self, path: &Path) -> Result<Source> {
        self.managing(Source::read(path)?)
    }

    /// The same schema, with statements about roles if these are managed.
    ///
    /// # Errors
    /// Of kind `Source`, where the files contradict themselves about a role, or speak of one that is not managed.
    pub fn managing(&self, source: Source) -> Result<Source> {
        if self.manage.roles {
            return source.managing_roles();
        }
        let dropped = source.dropped_roles().next().map(|(said, role)| (said.position.clone(), role));
        match dropped {
            None => Ok(source),
            Some((position, role)) => {
                let message = format!("role `{role}` cannot be dropped: roles are not managed");
                Err(Error::new(ErrorKind::Source, message)
                    .at(position)
                    .hint("`manage: {roles: true}` in schemadiff.yaml says that they are"))
            }
        }
    }

    /// The roles that are compared; where there is no `source`, those of the project's schema files.
    fn compared_roles(&self, source: Option<&Source>) -> BTreeSet<String> {
        match source {
            _ if !self.manage.roles => BTreeSet::new(),
            Some(source) => source.managed_roles(),
            // What is wrong with the files is told by the command that uses them.
            None => self.source(&self.schema).map(|own| own.managed_roles()).unwrap_or_default(),
        }
    }

    fn compared_versions(&self, source: Option<&Source>) -> Versions {
        match (self.manage.extension_versions, source) {
            (Managed::Always, _) => Versions::All,
            (Managed::Never, _) => Versions::None,
            (Managed::Auto, Some(source)) => Versions::Of(source.versioned_extensions()),
            (Managed::Auto, None) => {
                let own = self.source(&self.schema);
                own.map_or(Versions::None, |own| Versions::Of(own.versioned_extensions()))
            }
        }
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
            versions: self.compared_versions(source),
            roles: self.compared_roles(source),
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
