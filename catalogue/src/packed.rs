//! Compressed texts, which are checked before they are read.

use std::fmt::Write as _;
use std::io::Read as _;

use ruzstd::decoding::StreamingDecoder;
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// The maximum size of a text in bytes. The largest one has 2 MB.
const MOST_BYTES: u64 = 64 << 20;

/// A compressed text with its digest.
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
    /// [`Error::Damaged`] if the digest of the bytes is wrong, or if they cannot be unpacked or are not UTF-8.
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
    /// The products and their versions. There is a line for each version, in the order of `blocks`, with its folder,
    /// the name of the product, the version, the number of operations, and `default` or nothing, separated by tabs.
    pub products: Packed,
    /// The operations of each version. There is a line for each version with its operations, separated by spaces. An
    /// operation consists of `r` for read, `w` for write, `b` for both or `u` for unknown, then `!` if it is
    /// deprecated, then the name.
    pub operations: Packed,
    /// The hosts of each version. There is a line for each version with six values, separated by tabs: the host on the
    /// internet, its regions, its exceptions as `region=host`, and the same in a VPC. Lists are separated by spaces.
    pub hosts: Packed,
    /// The paths of each version. There is a line for each version with a value for each of its operations, separated
    /// by tabs: the methods, separated by commas, a space, and the path. The value of an RPC operation is empty.
    pub paths: Packed,
    /// The error codes. There is a line for each code with the code, a tab, and the numbers of the operations that
    /// document it, separated by spaces. Operations are counted through all versions, and each number is the difference
    /// from the previous one.
    pub errors: Packed,
    /// The names of parameters and of their members. There is a line for each name with the numbers of the operations
    /// that have it, in the form of `errors`.
    pub parameters: Packed,
    /// The spec files of each version. See [`SpecFiles`](crate::SpecFiles).
    pub blocks: &'static [Packed],
}
