//! Compressed texts, and how they are checked before anything reads them.

use std::fmt::Write as _;
use std::io::Read as _;

use ruzstd::decoding::StreamingDecoder;
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// A text is never larger than this. The largest one has 2 MB.
const MOST_BYTES: u64 = 64 << 20;

/// A compressed text.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// Its path below `data`, without `.zst`.
    pub path: &'static str,
    /// The SHA-256 digest of the bytes, as 64 hexadecimal digits.
    pub digest: &'static str,
    /// The bytes: one Zstandard frame.
    pub bytes: &'static [u8],
}

impl Packed {
    /// Returns the text.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the bytes do not have the digest, cannot be unpacked, or are not UTF-8.
    pub fn unpack(&self) -> Result<String, Error> {
        let mut digest = String::with_capacity(64);
        for byte in Sha256::digest(self.bytes) {
            let _ = write!(digest, "{byte:02x}");
        }
        if digest != self.digest {
            return Err(Error::damaged(self.path, format!("its digest is {digest}, not {}", self.digest)));
        }
        let failed = |error: &dyn std::fmt::Display| Error::damaged(self.path, format!("cannot unpack it: {error}"));
        let decoder = StreamingDecoder::new(self.bytes).map_err(|error| failed(&error))?;
        let mut text = Vec::new();
        decoder.take(MOST_BYTES + 1).read_to_end(&mut text).map_err(|error| failed(&error))?;
        if text.len() as u64 > MOST_BYTES {
            return Err(failed(&format!("it has more than {} MiB", MOST_BYTES >> 20)));
        }
        String::from_utf8(text).map_err(|error| Error::damaged(self.path, format!("it is not UTF-8: {error}")))
    }
}

/// The data of a catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Data {
    /// The products and their versions: a line for each version, in the order of `blocks`, with its folder, the product's
    /// name, the version, the number of operations, and `default` or nothing, separated by tabs.
    pub products: Packed,
    /// A line for each version with its operations, separated by spaces: `r` for read, `w` for write, `b` for both or `u` for
    /// unknown, `!` if it is deprecated, and the name.
    pub operations: Packed,
    /// A line for each error code: the code, a tab, and the numbers of the operations that document it, counted through all
    /// versions, each as the difference from the one before and separated by spaces.
    pub errors: Packed,
    /// A line for each name of a parameter or of a member of one, with the numbers of the operations that have it, in the form
    /// of `errors`.
    pub parameters: Packed,
    /// The spec files of each version. See [`SpecFiles`](crate::SpecFiles).
    pub blocks: &'static [Packed],
}
