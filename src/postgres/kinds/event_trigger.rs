//! Event triggers: `pg_event_trigger`. They fire on the statements of a migration too, and so come last in the
//! registry: made after all else, and removed before.

use serde::{Deserialize, Serialize};

use super::trigger::{ORIGIN, enabling};
use crate::kind::{Alter, Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::literal;

/// A trigger of the database as a whole.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct EventTrigger {
    /// What it waits for, such as `ddl_command_end`.
    pub event: String,
    /// The commands that it fires on; none for all.
    pub tags: Vec<String>,
    /// The function's name, as the server spells it.
    pub function: String,
    /// When it fires: at the `O`rigin of a change, on a `R`eplica, `A`lways, or not at all as `D`isabled.
    pub enabled: char,
}

impl EventTrigger {
    fn enable(&self, it: &Subject) -> Step {
        Step::new(format!("ALTER EVENT TRIGGER {it} {}", enabling(self.enabled)))
    }
}

impl Kind for EventTrigger {
    const NAME: &'static str = "event trigger";
    const KEYWORD: &'static str = "EVENT TRIGGER";
    const QUERY: &'static str = include_str!("event_trigger.sql");
    const INTERCEPTS: bool = true;

    fn create(&self, it: &Subject) -> Vec<Step> {
        let tags: Vec<_> = self.tags.iter().map(|tag| literal(tag)).collect();
        let filter =
            if tags.is_empty() { String::new() } else { format!("\n    WHEN TAG IN ({})", tags.join(", ")) };
        let create = format!(
            "CREATE EVENT TRIGGER {it} ON {}{filter}\n    EXECUTE FUNCTION {}()",
            self.event, self.function
        );
        let enable = (self.enabled != ORIGIN).then(|| self.enable(it));
        // One that is there has been removed before everything else.
        std::iter::once(Step::new(create)).chain(enable).collect()
    }

    fn alter(&self, old: &Self, it: &Subject) -> Alter {
        let definition = |it: &EventTrigger| (it.event.clone(), it.tags.clone(), it.function.clone());
        if definition(self) == definition(old) {
            Alter::InPlace(vec![self.enable(it)])
        } else {
            Alter::Replace
        }
    }
}
