//! Subscriptions of this database: `pg_subscription`, which only superusers read whole.
//!
//! No statement here reaches a publisher: a subscription is made without a connection, and lets go of its slot before
//! it goes. Passwords are left out by the query; what they stand in is not written again unless it changes.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::{Hazard, Step};
use crate::postgres::guard;
use crate::postgres::quote::literal;

/// What is received from publications of another server. Options that a server does not know have no value.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// How the publisher is reached, without its password.
    pub connection: String,
    /// Whether there is a password besides.
    pub secret: Incidental<bool>,
    /// Names of publications as DDL takes them, in the order in which they were told.
    pub publications: Vec<String>,
    /// The slot on the publisher; None where there is none.
    pub slot: Option<String>,
    /// The word after `synchronous_commit`.
    pub synchronous_commit: String,
    /// Whether values come in binary form.
    pub binary: bool,
    /// `off`, `on` or `parallel`.
    pub streaming: String,
    /// Whether two-phase commits come as such.
    pub two_phase: bool,
    /// Whether it stops at the first error.
    pub disable_on_error: bool,
    /// `any` or `none`.
    pub origin: Option<String>,
    /// Whether an owner who is no superuser has to give a password.
    pub password_required: Option<bool>,
    /// Whether changes are made as its owner and not as the owners of the tables.
    pub run_as_owner: Option<bool>,
    /// Whether its slot is kept on standbys.
    pub failover: Option<bool>,
}

/// What stands before a statement that would need the password.
const WITHOUT_PASSWORD: &str =
    "-- The password is not written here; to be set with ALTER SUBSCRIPTION … CONNECTION.\n";

impl Subscription {
    /// What CREATE and ALTER SUBSCRIPTION … SET both take; the value a subscription is born with comes last.
    fn settings(&self) -> Vec<(&'static str, Option<String>, &'static str)> {
        let flag = |flag: bool| Some(flag.to_string());
        vec![
            ("synchronous_commit", Some(literal(&self.synchronous_commit)), "'off'"),
            ("binary", flag(self.binary), "false"),
            ("streaming", Some(self.streaming.clone()), "off"),
            ("disable_on_error", flag(self.disable_on_error), "false"),
            ("origin", self.origin.clone(), "any"),
            ("password_required", self.password_required.map(|it| it.to_string()), "true"),
            ("run_as_owner", self.run_as_owner.map(|it| it.to_string()), "false"),
        ]
    }

    fn slot(&self) -> String {
        self.slot.as_deref().map_or("NONE".to_owned(), literal)
    }

    fn password_missing(&self) -> &'static str {
        if self.secret.0 { WITHOUT_PASSWORD } else { "" }
    }
}

impl Kind for Subscription {
    const NAME: &'static str = "subscription";
    const KEYWORD: &'static str = "SUBSCRIPTION";
    const QUERY: &'static str = include_str!("subscription.sql");

    fn create(&self, it: &Subject) -> Vec<Step> {
        let mut options = vec!["connect = false".to_owned(), format!("slot_name = {}", self.slot())];
        // Since version 18, streaming is on where nobody says otherwise.
        let streaming = |name: &str| name == "streaming";
        options.extend(self.settings().into_iter().filter_map(|(name, value, born)| {
            let value = value?;
            (value != born || streaming(name)).then(|| format!("{name} = {value}"))
        }));
        if self.two_phase {
            options.push("two_phase = true".to_owned());
        }
        if self.failover == Some(true) {
            options.push("failover = true".to_owned());
        }
        let create = format!(
            "CREATE SUBSCRIPTION {it} CONNECTION {} PUBLICATION {} WITH ({})",
            literal(&self.connection),
            self.publications.join(", "),
            options.join(", ")
        );
        let mut step = guard::unless_exists(it, &create);
        step.sql.insert_str(0, self.password_missing());
        vec![step]
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        // These are the publisher's matter, too.
        if (self.two_phase, self.failover) != (old.two_phase, old.failover) {
            return Alter::Replace;
        }
        let head = format!("ALTER SUBSCRIPTION {it}");
        let mut steps = vec![];
        if self.connection != old.connection {
            let missing = old.password_missing();
            let connect = Step::new(format!("{missing}{head} CONNECTION {}", literal(&self.connection)));
            steps.push(match missing.is_empty() {
                true => connect,
                false => connect.hazard(Hazard::DeletesData(format!("secrets of {}", it.object))),
            });
        }
        if self.publications != old.publications {
            let publications = self.publications.join(", ");
            steps.push(Step::new(format!("{head} SET PUBLICATION {publications} WITH (refresh = false)")));
        }
        let mut set: Vec<_> = self
            .settings()
            .into_iter()
            .zip(old.settings())
            .filter(|(after, before)| after != before)
            .filter_map(|((name, value, _), _)| Some(format!("{name} = {}", value?)))
            .collect();
        if self.slot != old.slot {
            // Without a slot it cannot run.
            if self.slot.is_none() {
                steps.push(Step::new(format!("{head} DISABLE")));
            }
            set.push(format!("slot_name = {}", self.slot()));
        }
        if !set.is_empty() {
            steps.push(Step::new(format!("{head} SET ({})", set.join(", "))));
        }
        Alter::InPlace(steps)
    }

    /// Its slot stays on the publisher, where nobody but the publisher's own may remove it.
    fn remove(&self, it: &Subject) -> Vec<Step> {
        let mut steps = vec![];
        if self.slot.is_some() {
            for action in ["DISABLE", "SET (slot_name = NONE)"] {
                steps.push(guard::if_there(it.address, &format!("ALTER SUBSCRIPTION {it} {action}")));
            }
            let slot = self.slot.as_deref().unwrap_or_default().escape_debug();
            steps[0].sql.insert_str(0, &format!("-- The slot `{slot}` stays on the publisher.\n"));
        }
        steps.push(Step::new(format!("DROP SUBSCRIPTION IF EXISTS {it}")));
        let place = format!("the place in the stream of {}", it.object);
        steps[0].hazards.push(Hazard::DeletesData(place));
        steps
    }
}
