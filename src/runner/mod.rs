//! Migrations, run once each, in order, and recorded.

mod apply;
mod baseline;
mod history;
mod lock;
mod order;
mod retry;
mod run;
mod status;
mod unit;
mod words;

pub use apply::{Event, Options, Ran, Report, apply};
pub use baseline::{Baseline, baseline};
pub use history::{History, Record};
pub use lock::Lock;
pub use status::{Entry, State, status};
