//! `alicloud mcp` of a program that was built without it.

use crate::program::{Ended, alicloud};

#[test]
fn the_error_says_how_to_get_it() {
    for arguments in [&["mcp"][..], &["mcp", "--products", "ecs", "--allow-writes"]] {
        let Ended { code, errors, .. } = Ended::of(alicloud(&[]).args(arguments));
        assert_eq!(code, Some(2), "{errors}");
        assert!(errors.contains("this build of `alicloud` has no MCP server"), "{errors}");
        assert!(errors.contains("cargo install --path cli --features mcp"), "{errors}");
    }
}
