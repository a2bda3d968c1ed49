//! Row security policies: `pg_policy`.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::deparse::Printed;
use crate::postgres::guard;

/// A policy; whether a table heeds its policies is the table's affair.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// The table, as the server spells it.
    pub table: String,
    /// The policy's own name, as the server spells it.
    pub name: String,
    /// Whether it lets rows through, and does not take some away from what others let through.
    pub permissive: bool,
    /// SELECT (`r`), INSERT (`a`), UPDATE (`w`), DELETE (`d`) or all of them (`*`).
    pub command: char,
    /// Whom it is for, as DDL spells them; `PUBLIC` for all.
    pub roles: Vec<String>,
    /// Which rows are seen.
    pub using: Option<Printed>,
    /// Which rows may be written.
    pub with_check: Option<Printed>,
}

impl Policy {
    fn expressions(&self) -> String {
        let clause = |words: &str, expression: &Option<Printed>| {
            expression.as_ref().map_or(String::new(), |expression| format!(" {words} ({expression})"))
        };
        clause("USING", &self.using) + &clause("WITH CHECK", &self.with_check)
    }
}

impl Kind for Policy {
    const NAME: &'static str = "policy";
    const KEYWORD: &'static str = "POLICY";
    const QUERY: &'static str = include_str!("policy.sql");
    const NAMED: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut sql = format!("CREATE POLICY {} ON {}", self.name, self.table);
        if !self.permissive {
            sql.push_str(" AS RESTRICTIVE");
        }
        sql.push_str(match self.command {
            'r' => " FOR SELECT",
            'a' => " FOR INSERT",
            'w' => " FOR UPDATE",
            'd' => " FOR DELETE",
            _ => "",
        });
        if self.roles != ["PUBLIC"] {
            sql.push_str(&format!(" TO {}", self.roles.join(", ")));
        }
        sql.push_str(&self.expressions());
        vec![guard::unless_exists(it, &sql)]
    }

    /// ALTER POLICY can restate an expression, but not take it away.
    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let loses = |old: &Option<Printed>, new: &Option<Printed>| old.is_some() && new.is_none();
        if (self.permissive, self.command) != (old.permissive, old.command)
            || loses(&old.using, &self.using)
            || loses(&old.with_check, &self.with_check)
        {
            return Alter::Replace;
        }
        let mut sql = format!("ALTER POLICY {} ON {}", self.name, self.table);
        if self.roles != old.roles {
            sql.push_str(&format!(" TO {}", self.roles.join(", ")));
        }
        if (&self.using, &self.with_check) != (&old.using, &old.with_check) {
            sql.push_str(&self.expressions());
        }
        Alter::InPlace(vec![Step::new(sql)])
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP POLICY IF EXISTS {} ON {}", self.name, self.table))]
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("POLICY {} ON {}", self.name, self.table)
    }
}
