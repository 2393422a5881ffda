//! How it went (xAPI-Data 2.4.5).

use crate::check::{At, Checked};
use crate::refusal::Problem;
use crate::{extensions, requirement};

const KEYS: &[&str] = &["score", "success", "completion", "response", "duration", "extensions"];

pub(crate) fn check(at: At<'_>) -> Checked {
    at.with_keys(requirement::TYPE, KEYS)?;
    at.may("score", check_score)?;
    at.may("success", |success| success.boolean(requirement::SUCCESS))?;
    at.may("completion", |completion| completion.boolean(requirement::COMPLETION))?;
    at.may("response", |response| response.string(requirement::RESPONSE).map(|_| ()))?;
    at.may("duration", |duration| duration.duration(requirement::DURATION))?;
    at.may("extensions", |map| extensions::check(map, requirement::RESULT_EXTENSIONS))
}

/// `scaled` from -1 to 1; `min` below `max`, and `raw` between them.
fn check_score(at: At<'_>) -> Checked {
    at.with_keys(requirement::SCORE, &["scaled", "raw", "min", "max"])?;
    let (mut raw, mut min, mut max) = (None, None, None);
    at.may("scaled", |scaled| {
        let value = scaled.decimal(requirement::SCORE_SCALED)?;
        if (-1.0..=1.0).contains(&value) {
            return Ok(());
        }
        Err(scaled.refuse(requirement::SCORE_SCALED, Problem::OutOfRange("from -1 to 1")))
    })?;
    at.may("min", |number| number.decimal(requirement::SCORE_MIN).map(|value| min = Some(value)))?;
    at.may("max", |number| number.decimal(requirement::SCORE_MAX).map(|value| max = Some(value)))?;
    at.may("raw", |number| number.decimal(requirement::SCORE_RAW).map(|value| raw = Some(value)))?;
    let below = |low: Option<f64>, high: Option<f64>, or_same: bool| match (low, high) {
        (Some(low), Some(high)) => low < high || (or_same && low <= high),
        _ => true,
    };
    if !below(min, max, false) {
        return Err(at.key("min").unwrap_or(at).refuse(requirement::SCORE_MIN, Problem::OutOfRange("below max")));
    }
    if !below(min, raw, true) || !below(raw, max, true) {
        return Err(at.key("raw").unwrap_or(at).refuse(requirement::SCORE_RAW, Problem::OutOfRange("between min and max")));
    }
    Ok(())
}
