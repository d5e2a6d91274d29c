//! Parses the XML of sample responses into a tree of elements. Ignores attributes.

use quick_xml::events::{BytesRef, Event};

/// The maximum nesting of elements, so that no sample can exhaust the stack. No response is nested that deeply.
const DEEPEST_XML: usize = 100;

/// An element with its text or its children.
#[derive(Debug)]
pub struct Element {
    /// The index of the byte where its name begins.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// Its text, without spaces around it.
    pub text: String,
    /// The elements inside it.
    pub children: Vec<Element>,
}

/// The reason why a text is not an XML document.
#[derive(Debug)]
pub struct XmlError {
    /// The index of the byte with the error, if it is known.
    pub at: Option<usize>,
    /// The error message.
    pub why: String,
}

impl XmlError {
    fn new(at: Option<usize>, why: impl Into<String>) -> Self {
        Self { at, why: why.into() }
    }
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Resolves a character reference, or one of the five entities of XML 1.0, section 4.6.
fn resolve(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(one)) = reference.resolve_char_ref() {
        return Some(one.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned)
}

/// Parses the root element of a document.
pub fn parse(text: &str) -> Result<Element, XmlError> {
    let mut events = quick_xml::Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let byte_at = |at: u64| usize::try_from(at).ok().filter(|at| text.is_char_boundary(*at));
    loop {
        let at = byte_at(events.buffer_position());
        let named = |name: &str| {
            let at = at.unwrap_or_default() + 1;
            Element { at, name: name.to_owned(), text: String::new(), children: Vec::new() }
        };
        let event =
            events.read_event().map_err(|error| XmlError::new(byte_at(events.error_position()), error.to_string()))?;
        let closed = match event {
            Event::Start(start) => {
                open.push(named(start.name().as_ref()));
                None
            }
            Event::Empty(start) => Some(named(start.name().as_ref())),
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                append(&mut open, &text.xml10_content());
                None
            }
            Event::CData(text) => {
                append(&mut open, &text.xml10_content());
                None
            }
            Event::GeneralRef(reference) => {
                let one = resolve(&reference).ok_or_else(|| {
                    XmlError::new(at, format!("the entity `&{};` is not known", reference.xml10_content()))
                })?;
                append(&mut open, &one);
                None
            }
            Event::Eof => break,
            _ => None,
        };
        if open.len() > DEEPEST_XML {
            return Err(XmlError::new(at, "its elements are nested too deeply"));
        }
        let closed = closed.map(|element| Element { text: element.text.trim().to_owned(), ..element });
        match (closed, open.last_mut()) {
            (Some(element), Some(parent)) => parent.children.push(element),
            (Some(element), None) if root.is_some() => {
                return Err(XmlError::new(Some(element.at), "it has a second root element"));
            }
            (Some(element), None) => root = Some(element),
            (None, _) => {}
        }
    }
    if let Some(element) = open.last() {
        return Err(XmlError::new(Some(element.at), format!("`<{}>` is not closed", element.name)));
    }
    root.ok_or_else(|| XmlError::new(None, "there is no element"))
}
