//! The tree of a YAML document.

/// One value of the document.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) id: NodeId,
    pub(crate) value: Value,
}

/// The number of a node or key, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

/// The value of a node.
#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A number, with its value if it is a 64-bit integer. For other numbers, YAML may lose digits, and it always loses
    /// the form, so only [`Document::text`] returns the text as written.
    Number(Option<i64>),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its value, in document order. Duplicate keys are kept, so that the reader can report them.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_id: NodeId,
    pub(crate) value: Node,
}
