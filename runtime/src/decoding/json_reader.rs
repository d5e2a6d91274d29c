//! Reads JSON (RFC 8259), value by value, from text that is known to be UTF-8.
//!
//! Strings without escapes are borrowed, and what is skipped is not copied. With a generic JSON library, decoding took
//! 1.5 times as long: it cannot compare a name with the expected one before it reads it, and it loses the digits of numbers
//! that are decoded into strings.

use std::borrow::Cow;

/// The maximum depth of objects and lists that are decoded. Each level uses the stack. Skipped values can be deeper.
const MAX_DEPTH: u32 = 128;

pub(super) type Result<T> = std::result::Result<T, Box<Problem>>;

/// The reason why a text cannot be decoded, and where.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) reason: String,
    pub(super) at: usize,
}

impl Problem {
    /// The reason with the line and the column, which begin at 1. Columns are bytes.
    pub(super) fn in_text(&self, text: &str) -> String {
        let before = text.as_bytes().get(..self.at).unwrap_or_default();
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("{} at line {line} column {}", self.reason, before.len() - line_start + 1)
    }
}

/// The kind of a value, by its first character.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    String,
    /// A number, or something that is not JSON.
    Number,
    Boolean,
    Null,
}

pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The next byte after white space. It is not consumed.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Consumes this byte, if it is the next one after white space.
    #[inline]
    pub(super) fn take(&mut self, expected: u8) -> bool {
        let is_next = self.peek() == Some(expected);
        self.at += usize::from(is_next);
        is_next
    }

    /// The position. After [`Self::kind`], this is where the value begins.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Whether a string is next.
    #[inline]
    pub(super) fn has_string(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// The kind of the next value.
    #[inline]
    pub(super) fn kind(&mut self) -> Kind {
        match self.peek() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    #[cold]
    pub(super) fn problem_at(at: usize, reason: impl Into<String>) -> Box<Problem> {
        Box::new(Problem { reason: reason.into(), at })
    }

    #[cold]
    fn problem<T>(&self, reason: &str) -> Result<T> {
        let is_end = self.at >= self.text.len();
        Err(Self::problem_at(self.at, if is_end { "the text ends too early" } else { reason }))
    }

    /// Consumes the start of an object or list.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<()> {
        if self.depth == MAX_DEPTH {
            return self.problem("the value is nested more than 128 levels deep");
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Consumes the end of an object or list, or the comma before the next member or item. Returns whether there is a
    /// next one.
    #[inline]
    pub(super) fn has_next(&mut self, end: u8) -> Result<bool> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == end => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            _ => self.problem(if end == b'}' { "expected `,` or `}`" } else { "expected `,` or `]`" }),
        }
    }

    /// Whether the object or list that was just entered has members or items. Consumes its end if not.
    #[inline]
    pub(super) fn is_filled(&mut self, end: u8) -> bool {
        let is_empty = self.take(end);
        self.depth -= u32::from(is_empty);
        !is_empty
    }

    /// Consumes the name of a member and the colon, if it is this name without escapes, and the colon follows at once.
    #[inline]
    pub(super) fn take_name(&mut self, name: &str) -> bool {
        self.peek();
        let member = self.text.as_bytes().get(self.at..self.at + name.len() + 3);
        let is_next = match member {
            Some([b'"', found @ .., b'"', b':']) => found == name.as_bytes() && !name.is_empty(),
            _ => false,
        };
        if is_next {
            self.at += name.len() + 3;
        }
        is_next
    }

    /// Consumes the name of a member and the colon.
    pub(super) fn name(&mut self) -> Result<Cow<'t, str>> {
        if self.peek() != Some(b'"') {
            return self.problem("expected a string as the name of a member");
        }
        let name = self.string()?;
        self.colon()?;
        Ok(name)
    }

    #[inline]
    fn colon(&mut self) -> Result<()> {
        if self.take(b':') { Ok(()) } else { self.problem("expected `:`") }
    }

    /// Consumes a string. Its first quotation mark is next.
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped_string().map(Cow::Owned),
        }
    }

    /// Consumes a string, and returns a copy of it.
    #[inline(always)]
    pub(super) fn owned_string(&mut self) -> Result<String> {
        match self.plain_string() {
            // `to_owned` calls a function for the allocation, which is not inlined here.
            Some(text) => Ok(Box::<str>::from(text).into_string()),
            None => self.escaped_string(),
        }
    }

    /// Consumes a string, if it has no escapes and is valid.
    #[inline(always)]
    fn plain_string(&mut self) -> Option<&'t str> {
        let start = self.at + 1;
        let end = self.plain_end(start);
        if self.byte(end) != Some(b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// Consumes a string that may have escapes.
    #[cold]
    fn escaped_string(&mut self) -> Result<String> {
        let mut text = String::new();
        let mut plain = self.at + 1;
        loop {
            self.at = self.plain_end(plain);
            text.push_str(self.text.get(plain..self.at).unwrap_or_default());
            match self.byte(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.problem("control characters in a string must be escaped"),
            }
            plain = self.at;
        }
    }

    /// Consumes an escape.
    fn escape(&mut self) -> Result<char> {
        let one = match self.byte(self.at + 1) {
            Some(b'u') => return self.unicode_escape(),
            Some(simple) => match simple_escape(simple) {
                Some(one) => one,
                None => return self.problem("invalid escape"),
            },
            None => {
                self.at = self.text.len();
                return self.problem("");
            }
        };
        self.at += 2;
        Ok(one)
    }

    fn unicode_escape(&mut self) -> Result<char> {
        let first = self.hexadecimal(self.at)?;
        if !(0xd800..0xdc00).contains(&first) {
            self.at += 6;
            let Some(one) = char::from_u32(first) else {
                self.at -= 6;
                return self.problem("invalid escape: the second half of a surrogate pair has no first half");
            };
            return Ok(one);
        }
        let second = if self.byte(self.at + 6) == Some(b'\\') && self.byte(self.at + 7) == Some(b'u') {
            self.hexadecimal(self.at + 6)?
        } else {
            0
        };
        let is_second_half = (0xdc00..0xe000).contains(&second);
        let pair = is_second_half.then(|| 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        match pair.and_then(char::from_u32) {
            Some(one) => {
                self.at += 12;
                Ok(one)
            }
            None => self.problem("invalid escape: the first half of a surrogate pair has no second half"),
        }
    }

    /// The number in an escape such as `\u00e9`, which begins here.
    fn hexadecimal(&mut self, escape: usize) -> Result<u32> {
        let digits = self.text.as_bytes().get(escape + 2..escape + 6);
        let number = digits.and_then(|digits| {
            digits.iter().try_fold(0, |number, digit| Some(number * 16 + char::from(*digit).to_digit(16)?))
        });
        match number {
            Some(number) => Ok(number),
            None if digits.is_none() => {
                self.at = self.text.len();
                self.problem("")
            }
            None => self.problem("invalid escape: expected four hexadecimal digits"),
        }
    }

    /// The end of the part of a string, from here, that has no escapes: a quotation mark, a backslash, a control character
    /// or the end of the text.
    #[inline(always)]
    fn plain_end(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        // Eight bytes at a time.
        while let Some(word) = bytes.get(at..at + 8).and_then(|word| <[u8; 8]>::try_from(word).ok()) {
            let found = special_bytes(u64::from_le_bytes(word));
            if found != 0 {
                return at + found.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
    }

    /// Consumes a number, and returns its text.
    pub(super) fn number(&mut self) -> Result<&'t str> {
        let start = self.at;
        self.at += usize::from(self.byte(self.at) == Some(b'-'));
        match self.byte(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ if self.at == start => return self.problem("expected a value"),
            _ => return self.problem("invalid number"),
        }
        if self.byte(self.at) == Some(b'.') {
            self.at += 1;
            self.required_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(self.at), Some(b'+' | b'-')));
            self.required_digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.byte(self.at) {
            self.at += 1;
        }
    }

    fn required_digits(&mut self) -> Result<()> {
        let start = self.at;
        self.digits();
        if self.at == start { self.problem("invalid number") } else { Ok(()) }
    }

    /// Consumes `true` or `false`.
    pub(super) fn boolean(&mut self) -> Result<bool> {
        let is_true = self.byte(self.at) == Some(b't');
        self.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    /// Consumes `null`.
    pub(super) fn null(&mut self) -> Result<()> {
        self.word("null")
    }

    fn word(&mut self, word: &str) -> Result<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        if word.as_bytes().starts_with(rest) {
            self.at = self.text.len();
        }
        self.problem("expected a value")
    }

    /// Consumes a value, and returns its text without the white space around it.
    pub(super) fn raw(&mut self) -> Result<&'t str> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Consumes a value of any depth.
    pub(super) fn skip(&mut self) -> Result<()> {
        // The ends of the objects and lists that are open.
        let mut open = Vec::new();
        loop {
            match self.kind() {
                Kind::Object => {
                    self.at += 1;
                    if !self.take(b'}') {
                        open.push(b'}');
                        self.skip_name()?;
                        continue;
                    }
                }
                Kind::List => {
                    self.at += 1;
                    if !self.take(b']') {
                        open.push(b']');
                        continue;
                    }
                }
                Kind::String => self.skip_string()?,
                Kind::Number => self.number().map(drop)?,
                Kind::Boolean => self.boolean().map(drop)?,
                Kind::Null => self.null()?,
            }
            // A value has ended, and perhaps what contains it.
            loop {
                match open.last() {
                    None => return Ok(()),
                    Some(end) if self.take(*end) => {
                        open.pop();
                    }
                    Some(end) => {
                        if !self.take(b',') {
                            return self.problem(if *end == b'}' {
                                "expected `,` or `}`"
                            } else {
                                "expected `,` or `]`"
                            });
                        }
                        if *end == b'}' {
                            self.skip_name()?;
                        }
                        break;
                    }
                }
            }
        }
    }

    fn skip_name(&mut self) -> Result<()> {
        if self.peek() != Some(b'"') {
            return self.problem("expected a string as the name of a member");
        }
        self.skip_string()?;
        self.colon()
    }

    /// Consumes a string. Half a surrogate pair is accepted, because nothing decodes it.
    fn skip_string(&mut self) -> Result<()> {
        self.at += 1;
        loop {
            self.at = self.plain_end(self.at);
            match (self.byte(self.at), self.byte(self.at + 1)) {
                (Some(b'"'), _) => {
                    self.at += 1;
                    return Ok(());
                }
                (Some(b'\\'), Some(b'u')) => {
                    self.hexadecimal(self.at)?;
                    self.at += 6;
                }
                (Some(b'\\'), _) => self.escape().map(drop)?,
                _ => return self.problem("control characters in a string must be escaped"),
            }
        }
    }

    /// Checks that nothing but white space follows.
    pub(super) fn end(&mut self) -> Result<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.problem("trailing characters"),
        }
    }
}

fn simple_escape(letter: u8) -> Option<char> {
    Some(match letter {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}

/// Finds bytes that end the plain part of a string. The highest bit of the first one is the lowest bit of the result.
#[inline]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH_BITS: u64 = ONES * 0x80;
    // Subtracting a number from each byte borrows in those that are less. A borrow can also change the bytes after them.
    // With this bit changed, the quotation mark is next to the control characters, and nothing else is.
    let quote_or_control = (word ^ (ONES * 2)).wrapping_sub(ONES * (b'"' as u64 - 1));
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (quote_or_control | backslash) & !word & HIGH_BITS
}
