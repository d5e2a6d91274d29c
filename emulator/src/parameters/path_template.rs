//! The paths of operations in specs, such as `/clusters/{ClusterId}/nodes`.

/// A path with placeholders. RPC operations have the path `/`.
pub(crate) struct PathTemplate {
    segments: Vec<Segment>,
    /// The placeholder for all further segments: `{Key*}`.
    rest: Option<String>,
}

/// The part of a path between two slashes.
type Segment = Vec<Piece>;

enum Piece {
    Literal(String),
    Placeholder(String),
}

impl PathTemplate {
    /// Reads a path of a spec. Ignores query parameters after it.
    pub(crate) fn new(path: &str) -> Self {
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let greedy = path.strip_suffix("*}").and_then(|path| path.rsplit_once('{'));
        let (path, rest) = match greedy {
            Some((before, name)) => (before.strip_suffix('/').unwrap_or(before), Some(name.to_owned())),
            None => (path, None),
        };
        Self { segments: path.split('/').map(segment).collect(), rest }
    }

    /// Returns the values of the placeholders, percent-encoded, or `None` if the path does not match.
    pub(crate) fn read<'p>(&self, path: &'p str) -> Option<Vec<(String, &'p str)>> {
        let mut found = Vec::new();
        let mut given = Some(path);
        for segment in &self.segments {
            let (text, after) = match given?.split_once('/') {
                Some((text, after)) => (text, Some(after)),
                None => (given?, None),
            };
            read_segment(segment, text, &mut found)?;
            given = after;
        }
        match (&self.rest, given) {
            (None, None) => Some(found),
            (Some(name), Some(rest)) if !rest.is_empty() => {
                found.push((name.clone(), rest));
                Some(found)
            }
            _ => None,
        }
    }

    /// Orders templates that match the same path: the smaller one is more specific.
    pub(crate) fn vagueness(&self) -> Vec<usize> {
        let is_placeholder = |piece: &&Piece| matches!(piece, Piece::Placeholder(_));
        let vagueness = |segment: &Segment| match segment.as_slice() {
            [Piece::Placeholder(_)] => usize::MAX,
            pieces => pieces.iter().filter(is_placeholder).count(),
        };
        self.segments.iter().map(vagueness).chain(self.rest.as_ref().map(|_| usize::MAX)).collect()
    }
}

fn segment(text: &str) -> Segment {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        }
        pieces.push(Piece::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

/// A placeholder matches at least one character, up to the next literal.
fn read_segment<'p>(segment: &[Piece], text: &'p str, found: &mut Vec<(String, &'p str)>) -> Option<()> {
    match segment {
        [] => text.is_empty().then_some(()),
        [Piece::Literal(literal), rest @ ..] => read_segment(rest, text.strip_prefix(literal.as_str())?, found),
        [Piece::Placeholder(name), rest @ ..] => {
            let (value, after) = match rest {
                [Piece::Literal(last)] => (text.strip_suffix(last.as_str())?, last.len()),
                [Piece::Literal(next), ..] => text.split_once(next.as_str()).map(|(value, after)| {
                    let taken = next.len() + after.len();
                    (value, taken)
                })?,
                _ => (text, 0),
            };
            if value.is_empty() {
                return None;
            }
            found.push((name.clone(), value));
            read_segment(rest, text.get(text.len() - after..)?, found)
        }
    }
}
