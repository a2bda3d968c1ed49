//! Roles as schema files declare them, where the configuration says that they are managed. A role is the whole server's:
//! only what is declared is compared, and only what is named is dropped.

use std::collections::BTreeSet;

use super::annotation::Annotation;
use super::words::Words;
use super::{Scope, Source, Statement, Warning, password, policy, role};
use crate::error::{Error, ErrorKind, Result};

/// The roles that are compared.
#[derive(Debug, Clone, Default)]
pub struct Managed {
    declared: BTreeSet<String>,
    dropped: BTreeSet<String>,
}

impl Source {
    /// The same schema, in which statements about roles count.
    ///
    /// # Errors
    /// Of kind `Source`: a role is to be dropped that the files still mention, or renamed.
    pub fn managing_roles(mut self) -> Result<Source> {
        let mut managed = Managed::default();
        self.each_executed(true, |statement, words| {
            role::made(words, &statement.kind, |role| _ = managed.declared.insert(role));
        });
        for annotation in &self.annotations {
            let Some(role) = annotation.drops_role() else { continue };
            self.refuse_mentioned(annotation, &role)?;
            managed.dropped.insert(role);
        }
        self.refuse_renames()?;
        self.warnings.retain(|warning| warning.message != policy::ROLES);
        let told = self.statements.iter().filter(|one| one.scope == Scope::Role);
        let told: Vec<Warning> = told.flat_map(|statement| managed.left_out(statement)).collect();
        self.warnings.extend(told);
        self.managed = Some(managed);
        Ok(self)
    }

    /// The roles that are compared: those that the files make, and those that they name to be dropped. None, unless
    /// roles are managed.
    pub fn managed_roles(&self) -> BTreeSet<String> {
        let managed = self.managed.iter();
        managed.flat_map(|managed| managed.declared.union(&managed.dropped)).cloned().collect()
    }

    /// The roles that loading the schema makes: what it declares, where roles are managed; else those of `DO` blocks.
    pub fn made_roles(&self) -> BTreeSet<String> {
        let mut made = BTreeSet::new();
        self.each_executed(self.managed.is_some(), |statement, words| {
            role::made(words, &statement.kind, |role| _ = made.insert(role));
        });
        made
    }

    /// The roles that annotations name to be dropped.
    pub fn dropped_roles(&self) -> impl Iterator<Item = (&Annotation, String)> {
        self.annotations.iter().filter_map(|annotation| Some((annotation, annotation.drops_role()?)))
    }

    fn each_executed(&self, roles: bool, mut each: impl FnMut(&Statement, &Words<'_>)) {
        let makes = |one: &&Statement| match one.scope {
            Scope::Role => roles,
            Scope::Database => one.kind == "DO",
            Scope::Cluster => false,
        };
        self.statements.iter().filter(makes).for_each(|one| each(one, &Words::new(one.text())));
    }

    fn refuse_mentioned(&self, annotation: &Annotation, role: &str) -> Result<()> {
        if !self.roles.contains(role) {
            return Ok(());
        }
        let message = format!("role `{role}` is to be dropped, and the schema files still mention it");
        Err(Error::new(ErrorKind::Source, message)
            .at(annotation.position.clone())
            .hint("remove what it makes, owns and is granted; or this annotation"))
    }

    fn refuse_renames(&self) -> Result<()> {
        let statements = self.statements.iter().filter(|one| one.scope == Scope::Role);
        let mut said = statements.flat_map(|one| &one.annotations);
        match said.find(|annotation| annotation.renamed_from().is_some()) {
            None => Ok(()),
            Some(annotation) => {
                let message = "a role is not renamed by a migration: all databases of the server share it";
                Err(Error::new(ErrorKind::Source, message)
                    .at(annotation.position.clone())
                    .hint("rename it by hand with `ALTER ROLE … RENAME TO …`, and remove this annotation"))
            }
        }
    }
}

impl Managed {
    /// What of a statement is not compared.
    fn left_out(&self, statement: &Statement) -> Vec<Warning> {
        let words = Words::new(statement.text());
        let mut about: Vec<String> = Vec::new();
        let name = statement.name.iter().flatten().next();
        about.extend(name.filter(|_| statement.kind != "ALTER GROUP").cloned());
        role::members(&words, &statement.kind, |role| about.push(role));
        let warning = |message: String| Warning { message, position: statement.position(0) };
        let strangers = about.iter().filter(|role| !self.declared.contains(*role));
        let strangers = strangers.map(|role| {
            warning(format!(
                "what is said here of role `{role}` is not compared: no schema file makes that role"
            ))
        });
        let secret = name.filter(|_| password::is_stated(statement.text())).map(|role| {
            warning(format!(
                "the password of role `{role}` was left out: it belongs in no file; `\\password {role}` in psql sets it"
            ))
        });
        strangers.chain(secret).collect()
    }
}
