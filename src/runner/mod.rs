//! Migrations, run once each, in order, and recorded.

mod apply;
mod baseline;
mod built;
mod course;
mod disagreement;
mod drift;
mod event;
mod history;
mod lock;
mod lock_mode;
mod loss;
mod measure;
mod order;
mod patience;
mod preview;
mod rollback;
mod run;
mod status;
mod task;
mod turn;
mod unit;
mod watch;
mod witness;
mod words;

pub use apply::{Options, Report, apply};
pub use baseline::baseline;
pub use drift::OnDrift;
pub use event::Event;
pub(crate) use history::is_ours;
pub use history::{History, Record};
pub use lock_mode::LockMode;
pub use measure::{Measure, Measured, MeasuredSection, TableLock, measure, measure_down};
pub use preview::{PreviewSection, PreviewStatement, Ran};
pub use rollback::{Back, Rollback, rollback};
pub use status::{Entry, State, status};
pub(crate) use turn::Turn;
