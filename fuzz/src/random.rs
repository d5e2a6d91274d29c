//! Choices that depend only on the seed from the fuzzer, so that every run is reproducible.

/// A stream of choices.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Creates the stream of a seed.
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed) << 1 | 1)
    }

    /// Returns a number below `bound`, or 0 if there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        // SplitMix64. Similar seeds lead to different streams.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed >> 33).unwrap_or_default().checked_rem(bound).unwrap_or_default()
    }

    /// Returns one of these.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        items.get(self.below(items.len()))
    }
}
