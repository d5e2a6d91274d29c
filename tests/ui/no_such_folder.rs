alicloud_macros::generate!("no-such-folder");

fn main() {}
