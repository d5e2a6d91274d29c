//! The documented limits of a value: `length`, `count`, `range` and `pattern`.

use crate::diagnostics::diagnostic::Code;
use crate::reading::node::{Node, NodeId};
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::spec::limits::{Bounds, Length, LengthUnit, Limits, Range};
use crate::spec::types::Type;

pub(crate) fn read_limits<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>, ty: Option<&Type>) -> Limits {
    let mut limits = Limits::default();
    if let Some(node) = map.get("length")
        && let Some(mut length) = reader.mapping(node, "a length")
    {
        let unit = length.get("unit").and_then(|node| reader.word(node, "unit of length"));
        let bounds = read_bounds(reader, &mut length);
        length.finish(reader);
        limits.length = Some(Length { bounds, unit: unit.unwrap_or(LengthUnit::Characters) });
        applies(reader, node, "length", "text", ty, |ty| matches!(ty, Type::String | Type::Any));
    }
    if let Some(node) = map.get("count")
        && let Some(mut count) = reader.mapping(node, "a count")
    {
        limits.count = Some(read_bounds(reader, &mut count));
        count.finish(reader);
        applies(reader, node, "count", "a list", ty, |ty| matches!(ty, Type::List(_)));
    }
    if let Some(node) = map.get("range") {
        limits.range = read_range(reader, node, ty);
    }
    let pattern = map.get("pattern");
    limits.pattern = pattern.and_then(|node| reader.text(node, "a pattern")).map(str::to_owned);
    if let Some(node) = pattern {
        applies(reader, node, "pattern", "text", ty, |ty| matches!(ty, Type::String | Type::Any));
    }
    limits
}

fn read_range(reader: &FileReader<'_>, node: &Node, ty: Option<&Type>) -> Option<Range> {
    let mut map = reader.mapping(node, "a range")?;
    let (least, greatest) = (map.get("min"), map.get("max"));
    report_no_bounds(reader, &map, least.or(greatest));
    map.finish(reader);
    let numeric = |ty: &Type| matches!(ty, Type::Integer | Type::Long | Type::Float | Type::Double);
    applies(reader, node, "range", "a number", ty, numeric);
    match ty? {
        Type::Float | Type::Double => {
            let read = |node: Option<&Node>| node.and_then(|node| reader.number::<f64>(node, "a number"));
            let (min, max) = (read(least), read(greatest));
            ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
            Some(Range::Float { min, max })
        }
        Type::Integer => {
            let read = |node: Option<&Node>| node.and_then(|node| reader.number::<i32>(node, "a 32-bit whole number"));
            let (min, max) = (read(least), read(greatest));
            ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
            Some(Range::Integer { min: min.map(i64::from), max: max.map(i64::from) })
        }
        Type::Long => {
            let read = |node: Option<&Node>| node.and_then(|node| reader.number::<i64>(node, "a whole number"));
            let (min, max) = (read(least), read(greatest));
            ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
            Some(Range::Integer { min, max })
        }
        _ => None,
    }
}

fn read_bounds<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>) -> Bounds {
    let id = map.id;
    let (least, greatest) = (map.get("min"), map.get("max"));
    report_no_bounds(reader, map, least.or(greatest));
    let read = |node: Option<&Node>| node.and_then(|node| reader.number::<u64>(node, "a whole number, not negative"));
    let bounds = Bounds { min: read(least), max: read(greatest) };
    if bounds.min.zip(bounds.max).is_some_and(|(min, max)| min > max) {
        reader.report(out_of_order(id));
    }
    bounds
}

fn report_no_bounds(reader: &FileReader<'_>, map: &Mapping<'_>, any: Option<&Node>) {
    if any.is_none() {
        reader.report(Problem::new(map.id, Code::BadLimit, "a limit needs a bound").expected("`min`, `max` or both"));
    }
}

fn ordered(reader: &FileReader<'_>, node: &Node, holds: bool) {
    if !holds {
        reader.report(out_of_order(node.id));
    }
}

fn out_of_order(id: NodeId) -> Problem {
    Problem::new(id, Code::BadLimit, "`min` is greater than `max`").help("swap them?")
}

fn applies(
    reader: &FileReader<'_>,
    node: &Node,
    key: &str,
    to: &str,
    ty: Option<&Type>,
    fits: impl FnOnce(&Type) -> bool,
) {
    let Some(ty) = ty else { return };
    if !fits(ty) {
        let message = format!("`{key}` applies to {to}, but the type is `{}`", ty.spelling());
        reader.report(Problem::new(node.id, Code::BadLimit, message));
    }
}
