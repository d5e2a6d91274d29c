//! The documented limits of values.

use std::fmt::Display;

use crate::spec::examples::Sample;
use crate::spec::words::words;

/// Documented limits of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The length of text.
    pub length: Option<Length>,
    /// The range of a number.
    pub range: Option<Range>,
    /// The number of items of a list.
    pub count: Option<Bounds>,
    /// A regular expression for text. It is documented to the user, and checked only by the service.
    pub pattern: Option<String>,
}

/// A value that is outside of its limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfLimits {
    /// The value's length, number of items or number, such as `has 3 items` or `is 7`.
    pub found: String,
    /// The allowed values, such as `at most 2 items` or `1 to 5`.
    pub allowed: String,
}

impl Limits {
    /// Checks a value against the limits, except for the pattern. Members of objects and items of lists have limits of
    /// their own. Text that is not a number has no range.
    ///
    /// # Errors
    ///
    /// Returns what was found and what is allowed.
    pub fn check(&self, value: &Sample) -> Result<(), OutOfLimits> {
        match value {
            Sample::Text(text) => self.check_length(text).and_then(|()| self.check_range(text)),
            Sample::List(items) => self.check_count(items.len()),
            Sample::Object(_) => Ok(()),
        }
    }

    fn check_length(&self, text: &str) -> Result<(), OutOfLimits> {
        let Some(Length { bounds, unit }) = self.length else { return Ok(()) };
        let (found, unit) = match unit {
            LengthUnit::Bytes => (text.len(), "bytes"),
            LengthUnit::Characters => (text.chars().count(), "characters"),
        };
        check_bounds(found as u64, bounds.min, bounds.max).map_err(|allowed| OutOfLimits {
            found: format!("has {found} {unit}"),
            allowed: format!("{allowed} {unit}"),
        })
    }

    fn check_count(&self, found: usize) -> Result<(), OutOfLimits> {
        let Some(Bounds { min, max }) = self.count else { return Ok(()) };
        check_bounds(found as u64, min, max)
            .map_err(|allowed| OutOfLimits { found: format!("has {found} items"), allowed: format!("{allowed} items") })
    }

    fn check_range(&self, text: &str) -> Result<(), OutOfLimits> {
        let checked = match self.range {
            Some(Range::Integer { min, max }) => text.parse().map(|number: i64| check_bounds(number, min, max)).ok(),
            Some(Range::Float { min, max }) => text.parse().map(|number: f64| check_bounds(number, min, max)).ok(),
            None => None,
        };
        checked.unwrap_or(Ok(())).map_err(|allowed| OutOfLimits { found: format!("is {text}"), allowed })
    }
}

/// Checks a number against a minimum and a maximum. The error is what they allow.
fn check_bounds<T: PartialOrd + Display>(found: T, min: Option<T>, max: Option<T>) -> Result<(), String> {
    if min.as_ref().is_none_or(|min| found >= *min) && max.as_ref().is_none_or(|max| found <= *max) {
        return Ok(());
    }
    Err(match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    })
}

/// A minimum and a maximum, both inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The minimum.
    pub min: Option<u64>,
    /// The maximum.
    pub max: Option<u64>,
}

/// The length of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The bounds.
    pub bounds: Bounds,
    /// The unit.
    pub unit: LengthUnit,
}

words! {
    /// The unit of a length.
    LengthUnit {
        /// Bytes of UTF-8.
        Bytes = "bytes",
        /// Unicode characters.
        Characters = "characters",
    }
}

/// The minimum and maximum of a number, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Of an Integer or a Long.
    Integer {
        /// The minimum.
        min: Option<i64>,
        /// The maximum.
        max: Option<i64>,
    },
    /// Of a Float or a Double.
    Float {
        /// The minimum.
        min: Option<f64>,
        /// The maximum.
        max: Option<f64>,
    },
}
