//! `alicloud mcp` of a program that was built without it.

use std::process::Command;

#[test]
fn the_error_says_how_to_get_it() {
    for arguments in [&["mcp"][..], &["mcp", "--products", "ecs", "--allow-writes"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_alicloud")).args(arguments).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.contains("this build of `alicloud` has no MCP server"), "{errors}");
        assert!(errors.contains("cargo install --path cli --features mcp"), "{errors}");
    }
}
