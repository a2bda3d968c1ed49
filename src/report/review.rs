//! A review for people: Markdown for a pull request, or a page for a browser.

mod html;
mod markdown;
mod wording;

pub use html::html;
pub use markdown::{markdown, shortened};
