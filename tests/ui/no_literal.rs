alicloud_macros::generate!(specs);

fn main() {}
