//! Aggregates: `pg_aggregate`. The server prints none of them, so the clauses are put together here.

use serde::{Deserialize, Serialize};

use crate::kind::{Alter, Incidental, Kind, Subject};
use crate::plan::Step;
use crate::postgres::quote::literal;

/// An aggregate; functions are spelled as the server spells them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// Its name with the types of its arguments, as DDL takes it.
    pub signature: Incidental<String>,
    /// Its name alone.
    pub name: Incidental<String>,
    /// As they follow the name in CREATE AGGREGATE.
    pub arguments: String,
    /// The type of its result.
    pub returns: String,
    /// Names of its arguments; empty where they have none.
    pub inputs: Vec<String>,
    /// `n`ormal, `o`rdered set or `h`ypothetical set.
    pub nature: char,
    /// How many arguments stand before ORDER BY.
    pub direct_arguments: i32,
    /// `s`afe, `r`estricted or `u`nsafe.
    pub parallel: char,
    /// Takes one more row into the state.
    pub transition: String,
    /// The type of the state.
    pub state: String,
    /// What the state is expected to take, in bytes; 0 where that is left to the server.
    pub space: i32,
    /// Makes the result out of the state.
    #[serde(rename = "final")]
    pub final_: Option<String>,
    /// Whether that gets the arguments too, as NULLs.
    pub final_extra: bool,
    /// Whether that leaves the state alone: `r`ead only, `s`hareable or read and `w`rite.
    pub final_modify: char,
    /// Makes one state out of two.
    pub combine: Option<String>,
    /// Writes the state down for another process.
    pub serialize: Option<String>,
    /// Reads it there.
    pub deserialize: Option<String>,
    /// The state before the first row.
    pub initial: Option<String>,
    /// As `transition`, where the frame moves.
    pub moving_transition: Option<String>,
    /// Takes a row out of the state again.
    pub moving_inverse: Option<String>,
    /// As `state`, where the frame moves.
    pub moving_state: Option<String>,
    /// As `space`, where the frame moves.
    pub moving_space: i32,
    /// As `final`, where the frame moves.
    pub moving_final: Option<String>,
    /// As `final_extra`, where the frame moves.
    pub moving_final_extra: bool,
    /// As `final_modify`, where the frame moves.
    pub moving_final_modify: char,
    /// As `initial`, where the frame moves.
    pub moving_initial: Option<String>,
    /// The operator whose first row is the answer.
    pub sort_operator: Option<String>,
}

impl Aggregate {
    fn define(&self) -> Vec<Step> {
        let usual = if self.nature == 'n' { 'r' } else { 'w' };
        let modify = |modify: char| match modify {
            _ if modify == usual => None,
            'r' => Some("READ_ONLY"),
            's' => Some("SHAREABLE"),
            _ => Some("READ_WRITE"),
        };
        let parallel = match self.parallel {
            's' => Some("SAFE"),
            'r' => Some("RESTRICTED"),
            _ => None,
        };
        let bytes = |bytes: i32| (bytes != 0).then(|| bytes.to_string());
        let text = |text: &Option<String>| text.as_deref().map(literal);
        let word = |word: Option<&str>| word.map(str::to_owned);
        let clauses = [
            ("SFUNC", Some(self.transition.clone())),
            ("STYPE", Some(self.state.clone())),
            ("SSPACE", bytes(self.space)),
            ("FINALFUNC", self.final_.clone()),
            ("FINALFUNC_EXTRA", self.final_extra.then(String::new)),
            ("FINALFUNC_MODIFY", word(modify(self.final_modify))),
            ("COMBINEFUNC", self.combine.clone()),
            ("SERIALFUNC", self.serialize.clone()),
            ("DESERIALFUNC", self.deserialize.clone()),
            ("INITCOND", text(&self.initial)),
            ("MSFUNC", self.moving_transition.clone()),
            ("MINVFUNC", self.moving_inverse.clone()),
            ("MSTYPE", self.moving_state.clone()),
            ("MSSPACE", bytes(self.moving_space)),
            ("MFINALFUNC", self.moving_final.clone()),
            ("MFINALFUNC_EXTRA", self.moving_final_extra.then(String::new)),
            ("MFINALFUNC_MODIFY", word(modify(self.moving_final_modify))),
            ("MINITCOND", text(&self.moving_initial)),
            ("SORTOP", self.sort_operator.clone()),
            ("PARALLEL", word(parallel)),
            ("HYPOTHETICAL", (self.nature == 'h').then(String::new)),
        ];
        let lines: Vec<_> = clauses
            .into_iter()
            .filter_map(|(clause, value)| {
                let value = value?;
                Some(if value.is_empty() {
                    format!("    {clause}")
                } else {
                    format!("    {clause} = {value}")
                })
            })
            .collect();
        vec![Step::new(format!(
            "CREATE OR REPLACE AGGREGATE {}({}) (\n{}\n)",
            self.name.0,
            self.arguments,
            lines.join(",\n")
        ))]
    }
}

impl Kind for Aggregate {
    const NAME: &'static str = "aggregate";
    const KEYWORD: &'static str = "AGGREGATE";
    const QUERY: &'static str = include_str!("aggregate.sql");
    const PRIVILEGES: Option<char> = Some('f');

    fn create(&self, _: &Subject) -> Vec<Step> {
        self.define()
    }

    fn alter(&self, old: &Self, _: &Subject) -> Alter {
        let keeps_names = old
            .inputs
            .iter()
            .enumerate()
            .all(|(place, name)| name.is_empty() || self.inputs.get(place) == Some(name));
        let fixed = |it: &Aggregate| (it.returns.clone(), it.nature, it.direct_arguments);
        if keeps_names && fixed(self) == fixed(old) { Alter::InPlace(self.define()) } else { Alter::Replace }
    }

    fn remove(&self, _: &Subject) -> Vec<Step> {
        vec![Step::new(format!("DROP {} IF EXISTS {}", Self::KEYWORD, self.signature.0))]
    }

    /// GRANT knows no aggregates: they are functions there, and `*` is no list of theirs.
    fn granted_on(&self, _: &Subject) -> (String, String) {
        let signature = &self.signature.0;
        let function = signature.strip_suffix("(*)").map_or(signature.clone(), |name| format!("{name}()"));
        (String::new(), format!("FUNCTION {function}"))
    }

    fn spelling(&self, _: &Subject) -> String {
        format!("AGGREGATE {}", self.signature.0)
    }
}
