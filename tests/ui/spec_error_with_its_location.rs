alicloud_macros::generate! {
    "shop/2020-01-01/service.yaml" => "
product: Shop
version: 2020-01-01
style: RPC
endpoints: { host: shop.aliyuncs.com }
",
    "shop/2020-01-01/Buy.yaml" => "
operation: Buy
summary: Buys a thing.
methods: [POST]
parameters:
  - { name: Thing, type: String, requird: true }
",
}

fn main() {}
