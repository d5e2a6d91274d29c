//! Pages that were damaged at random: nothing panics or hangs, each draft passes `check`, and each value is on its
//! line.
//!
//! `ALICLOUD_MUTATIONS` sets the number of damaged pages. `ALICLOUD_PAGES` names a folder of pages to damage besides
//! those that the tests write.

use std::fs;

use super::damage::damaged;
use super::options;
use super::page_writer::{LAYOUTS, RENDERINGS, page};
use super::sound_draft::assert_sound;
use alicloud_cli::transcribe::transcribe;

use crate::hand_written;

/// A small generator of numbers (xorshift64*), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or_default() % bound.max(1)
    }
}

#[test]
fn damaged_pages_give_smaller_drafts_and_no_broken_files() {
    let count: usize = std::env::var("ALICLOUD_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let operations: Vec<_> = hand_written::services().into_iter().flat_map(|service| service.operations).collect();
    let mut pages: Vec<String> = Vec::new();
    for operation in &operations {
        for layout in &LAYOUTS {
            pages.extend(RENDERINGS.iter().map(|rendering| page(operation, "x.aliyuncs.com", layout, *rendering)));
        }
    }
    if let Some(folder) = std::env::var_os("ALICLOUD_PAGES") {
        let files = fs::read_dir(folder)
            .expect("the folder can be read")
            .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
        // A real page is worth several that the tests write.
        let real: Vec<String> = files.collect();
        (0..10).for_each(|_| pages.extend(real.iter().cloned()));
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut transcribed = 0;
    for _ in 0..count {
        let text = damaged(&pages[random.below(pages.len())], &mut |bound| random.below(bound));
        if let Ok(draft) = transcribe(text.as_bytes(), &options(), None) {
            transcribed += 1;
            assert_sound(&text, &draft);
        }
    }
    println!("{transcribed} of {count} damaged pages were transcribed");
    assert!(transcribed * 2 > count, "too few of {count} pages were transcribed: {transcribed}");
}
