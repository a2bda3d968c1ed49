//! From files to statements: what the user wrote, cut by psql's rules, with file, line and column, in an order that
//! can be executed. The server parses; here it is only read who a statement is about and whether it belongs here.

pub mod annotation;
mod consent;
mod database;
mod dropped;
mod file;
mod managed;
pub(crate) mod meta;
mod order;
mod password;
mod policy;
pub mod reading;
mod renamed;
mod role;
pub mod scan;
pub mod setting;
mod subscription;
pub mod token;
pub mod words;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Position, Result};

pub use annotation::{Annotation, Target};
pub use consent::{Consent, Meant};
pub use file::{File, find_all, read as read_files};
use policy::Verdict;
use reading::Reading;
pub use renamed::{Renamed, one_name};
use scan::{Piece, PieceKind};
use setting::Settings;
pub use subscription::without_connection;
use words::Words;

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Objects of one database.
    Database,
    /// Roles, which all databases of a server share: not executed by the loader unless they are managed.
    Role,
    /// The server and its databases: not executed by the loader.
    Cluster,
}

/// One statement of a schema file.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The file it stands in.
    pub file: Arc<File>,
    /// Its bytes in the file, without the semicolon.
    pub range: Range<usize>,
    /// Whether it is about this database.
    pub scope: Scope,
    /// Whether it may not share a transaction with others.
    pub alone: bool,
    /// Its leading keywords: `CREATE TABLE`, `COMMENT ON COLUMN`, `GRANT ON SCHEMA`.
    pub kind: String,
    /// The name of the object it is about, as written, folded as the server folds it; that of a trigger, policy or
    /// rule follows the name of its table.
    pub name: Option<Vec<String>>,
    /// What the file said with SET before it.
    pub settings: Arc<Settings>,
    /// What comments before it and inside it say.
    pub annotations: Vec<Annotation>,
}

/// Something the user should know, and that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// One sentence.
    pub message: String,
    /// The first place it is about.
    pub position: Position,
}

/// A schema as its files say it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// In the order of the files.
    pub statements: Vec<Statement>,
    /// Annotations that belong to no statement: `drop old_name`.
    pub annotations: Vec<Annotation>,
    /// What was passed over.
    pub warnings: Vec<Warning>,
    order: Vec<usize>,
    roles: BTreeSet<String>,
    managed: Option<managed::Managed>,
}

impl Statement {
    /// The statement as the user wrote it, without the semicolon.
    pub fn text(&self) -> &str {
        &self.file.text[self.range.clone()]
    }

    /// The place of a byte of [`text`](Self::text) in the user's file.
    pub fn position(&self, offset: usize) -> Position {
        Position::locate(&self.file.path, &self.file.text, self.range.start + offset)
    }

    /// The line of the file on which it begins, from 1.
    pub fn line(&self) -> usize {
        self.file.line(self.range.start)
    }

    /// The name of the object that it creates, if it creates one.
    pub fn defines(&self) -> Option<&[String]> {
        self.name.as_deref().filter(|_| self.kind.starts_with("CREATE "))
    }

    /// What to send to the scratch database of this name, which is spelled as SQL takes it: the text itself, but a
    /// subscription is told not to connect, a role gets no password, and settings are those of the scratch database.
    pub fn scratch_text(&self, database: &str) -> std::borrow::Cow<'_, str> {
        if self.kind == "CREATE SUBSCRIPTION" {
            return without_connection(self.text()).into();
        }
        if self.scope == Scope::Role
            && let Some(text) = password::without(self.text())
        {
            return text.into();
        }
        database::renamed(self.text(), &self.kind, database).map_or(self.text().into(), Into::into)
    }

    /// The role that it makes or changes.
    pub fn role(&self) -> Option<&str> {
        let is_of_role = self.scope == Scope::Role && role::states_attributes(&self.kind);
        self.name.as_ref().filter(|_| is_of_role)?.first().map(String::as_str)
    }

    /// The database whose settings it changes, as the file calls it.
    fn sets_for(&self) -> Option<String> {
        let words = Words::new(self.text());
        words.name(database::place(&words, &self.kind)?).map(std::borrow::Cow::into_owned)
    }
}

impl Source {
    /// Reads a folder (all `*.sql` in it at any depth, sorted, hidden ones not) or a single file.
    ///
    /// Errors: nothing to read, not UTF-8, something left open, and what the policy refuses; each with its place.
    pub fn read(path: &Path) -> Result<Source> {
        Source::from_files(file::read(path)?)
    }

    /// The schema that these texts make, each with the name to show for it.
    ///
    /// Errors: as [`read`](Self::read).
    pub fn from_texts(texts: impl IntoIterator<Item = (PathBuf, String)>) -> Result<Source> {
        Source::from_files(texts.into_iter().map(|(path, text)| File::new(path, text)).collect())
    }

    /// Whether any statement says who owns something.
    pub fn states_owners(&self) -> bool {
        self.statements.iter().any(|statement| {
            let words = Words::new(statement.text());
            let names_owner = |at: usize| words.is(at, "owner") && words.is(at + 1, "to");
            (statement.kind.starts_with("ALTER ") && words.outside_parentheses().any(names_owner))
                || (statement.kind == "CREATE SCHEMA" && words.find("authorization").is_some())
        })
    }

    /// Whether any statement says who may do what.
    pub fn states_privileges(&self) -> bool {
        let grants = ["GRANT ON", "REVOKE ON", "ALTER DEFAULT PRIVILEGES"];
        self.statements.iter().any(|statement| grants.iter().any(|grant| statement.kind.starts_with(grant)))
    }

    /// Whether any statement sets something for the sessions of the database.
    pub fn states_settings(&self) -> bool {
        let is_set = |one: &Statement| database::is_set(&Words::new(one.text()), &one.kind);
        self.statements.iter().any(is_set)
    }

    /// The extensions of which a statement names the version.
    pub fn versioned_extensions(&self) -> BTreeSet<String> {
        let names_version = |one: &&Statement| {
            let words = Words::new(one.text());
            match one.kind.as_str() {
                "CREATE EXTENSION" => {
                    (1..words.count()).any(|at| words.is(at, "version") && !words.is(at - 1, "extension"))
                }
                "ALTER EXTENSION" => (0..words.count()).any(|at| words.are(at, "update to")),
                _ => false,
            }
        };
        let named = self.statements.iter().filter(names_version);
        named.filter_map(|one| one.name.as_ref()?.last().cloned()).collect()
    }

    /// The statements about this database, and about roles where these are managed, in the order in which to try them.
    pub fn ordered(&self) -> impl Iterator<Item = &Statement> {
        let counts = |one: &&Statement| match one.scope {
            Scope::Database => true,
            Scope::Role => self.managed.is_some(),
            Scope::Cluster => false,
        };
        self.order.iter().map(|index| &self.statements[*index]).filter(counts)
    }

    /// The statements about roles and databases, in the order of the files.
    pub fn cluster(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.scope != Scope::Database)
    }

    /// All roles that the statements name, sorted.
    pub fn roles(&self) -> Vec<String> {
        self.roles.iter().cloned().collect()
    }

    /// The names of the objects that the statements create, as written.
    pub fn defined(&self) -> BTreeSet<Vec<String>> {
        self.statements.iter().filter_map(Statement::defines).map(<[String]>::to_vec).collect()
    }

    /// The statement that creates an object of this kind (`TABLE`) and qualified name; where the file leaves the
    /// schema out, the rest of the name decides.
    pub fn defined_at(&self, kind: &str, name: &[String]) -> Option<&Statement> {
        self.statements.iter().find(|statement| {
            statement.kind.strip_prefix("CREATE ").is_some_and(|created| created == kind)
                && statement
                    .name
                    .as_ref()
                    .is_some_and(|written| !written.is_empty() && name.ends_with(written))
        })
    }

    fn from_files(files: Vec<File>) -> Result<Source> {
        let mut source = Source::default();
        for file in files {
            source.add(file)?;
        }
        source.refuse_two_databases()?;
        source.warnings.extend(dropped::warnings(&source.statements));
        source.order = order::order(&source.statements);
        Ok(source)
    }

    /// A schema is that of one database, whatever that is called.
    fn refuse_two_databases(&self) -> Result<()> {
        let mut first: Option<String> = None;
        for (statement, name) in self.statements.iter().filter_map(|one| Some((one, one.sets_for()?))) {
            let known = first.get_or_insert_with(|| name.clone());
            if *known != name {
                let message = format!("settings of two databases, `{known}` and `{name}`");
                return Err(Error::new(ErrorKind::Source, message)
                    .at(statement.position(0))
                    .hint("a schema is that of one database; keep the settings of the other elsewhere"));
            }
        }
        Ok(())
    }

    fn add(&mut self, file: File) -> Result<()> {
        let scan = scan::scan(file.text.as_bytes());
        let file = Arc::new(password::blotted(&file, &scan.pieces).unwrap_or(file));
        if let Some(open) = scan.unterminated {
            return Err(Error::new(ErrorKind::Source, format!("this {} is never closed", open.what))
                .at(Position::locate(&file.path, &file.text, open.offset)));
        }
        let mut reader =
            FileReader { file: &file, settings: Arc::default(), warned: HashSet::new(), source: self };
        let mut taken = Vec::with_capacity(scan.pieces.len());
        for piece in &scan.pieces {
            let before = reader.source.statements.len();
            reader.take(piece)?;
            taken.push((reader.source.statements.len() > before).then_some(before));
        }
        for comment in &scan.comments {
            let Some((annotation, piece)) = annotation::read(&file.path, &file.text, comment, &scan.pieces)?
            else {
                continue;
            };
            let Some(piece) = piece else {
                self.annotations.push(annotation);
                continue;
            };
            match taken[piece] {
                Some(index) => self.statements[index].annotations.push(annotation),
                None => {
                    let message =
                        format!("`{}` belongs to a statement that is not executed", annotation.words);
                    return Err(Error::new(ErrorKind::Source, message).at(annotation.position));
                }
            }
        }
        Ok(())
    }
}

/// The roles of some texts, whatever else stands in them.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Those that statements name and no statement makes.
    pub needed: BTreeSet<String>,
    /// Those that statements make.
    pub made: BTreeSet<String>,
}

/// The roles that the statements of some texts make, and those that they name besides.
pub fn roles<'a>(texts: impl IntoIterator<Item = &'a str>) -> Roles {
    let (mut named, mut made) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        let pieces = scan::scan(text.as_bytes()).pieces.into_iter();
        for piece in pieces.filter(|piece| piece.kind == PieceKind::Sql) {
            let words = Words::new(&text[piece.range]);
            let reading = reading::read(&words);
            role::roles(&words, &reading.kind, |role| {
                named.insert(role);
            });
            role::made(&words, &reading.kind, |role| {
                made.insert(role);
            });
        }
    }
    Roles { needed: named.difference(&made).cloned().collect(), made }
}

/// Goes through one file from its top.
struct FileReader<'a> {
    file: &'a Arc<File>,
    settings: Arc<Settings>,
    warned: HashSet<&'static str>,
    source: &'a mut Source,
}

impl FileReader<'_> {
    fn take(&mut self, piece: &Piece) -> Result<()> {
        let text = &self.file.text[piece.range.clone()];
        match piece.kind {
            PieceKind::CopyData => Ok(()),
            PieceKind::Meta => self.follow(policy::judge_meta(text), piece, None),
            PieceKind::Sql => {
                let words = Words::new(text);
                let reading = reading::read(&words);
                role::roles(&words, &reading.kind, |role| {
                    self.source.roles.insert(role);
                });
                self.follow(policy::judge(&words, text, &reading), piece, Some(reading))
            }
        }
    }

    fn follow(&mut self, verdict: Verdict, piece: &Piece, reading: Option<Reading>) -> Result<()> {
        match verdict {
            Verdict::Ignore => {}
            Verdict::Commit => self.settings = Arc::new(self.settings.committed()),
            Verdict::Setting(change) => {
                let after = self.settings.after(change);
                if after != *self.settings {
                    self.settings = Arc::new(after);
                }
            }
            Verdict::Skip(why) => self.warn(why, piece),
            Verdict::Refuse(message, hint) => {
                let place = Position::locate(&self.file.path, &self.file.text, piece.range.start);
                return Err(Error::new(ErrorKind::Source, message).at(place).hint(hint));
            }
            Verdict::Role => {
                self.warn(policy::ROLES, piece);
                self.keep(piece, Scope::Role, false, reading);
            }
            Verdict::Cluster => {
                self.warn(policy::CLUSTER, piece);
                self.keep(piece, Scope::Cluster, true, reading);
            }
            Verdict::Execute { alone } => self.keep(piece, Scope::Database, alone, reading),
        }
        Ok(())
    }

    fn keep(&mut self, piece: &Piece, scope: Scope, alone: bool, reading: Option<Reading>) {
        let Some(Reading { kind, name }) = reading else { return };
        self.source.statements.push(Statement {
            file: self.file.clone(),
            range: piece.range.clone(),
            scope,
            alone,
            kind,
            name,
            settings: self.settings.clone(),
            annotations: Vec::new(),
        });
    }

    /// Once a file.
    fn warn(&mut self, message: &'static str, piece: &Piece) {
        if self.warned.insert(message) {
            let position = Position::locate(&self.file.path, &self.file.text, piece.range.start);
            self.source.warnings.push(Warning { message: message.to_owned(), position });
        }
    }
}
