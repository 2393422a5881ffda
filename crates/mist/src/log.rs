//! What the program writes about itself: ids only, never names, addresses or what people type.

use tracing_subscriber::EnvFilter;
use web::Words;

use crate::config::Log;
use crate::failure::Failure;

/// For whom it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A person at a terminal.
    Text,
    /// A program that collects lines.
    Json,
}

/// Begins writing to the standard error.
pub(crate) fn begin(settings: &Log, usual_level: &str, usual_format: Format, words: Words) -> Result<(), Failure> {
    let level = if settings.level.is_empty() { usual_level } else { &settings.level };
    let filter = EnvFilter::try_new(level).map_err(|_| Failure::said(words.one("cli-log-unreadable", "level", level)))?;
    let format = match settings.format.as_str() {
        "text" => Format::Text,
        "json" => Format::Json,
        _ => usual_format,
    };
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let begun = match format {
        Format::Text => tracing::subscriber::set_global_default(subscriber.compact().finish()),
        Format::Json => tracing::subscriber::set_global_default(subscriber.json().finish()),
    };
    begun.map_err(Failure::said)
}
