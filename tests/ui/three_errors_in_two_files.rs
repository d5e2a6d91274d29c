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
methods: [PSOT]
parameters:
  - { name: Thing, type: Strng, required: true }
",
    "shop/2020-01-01/Sell.yaml" => "
operation: Sell
summary: Sells a thing.
methods: [POST]
rules:
  - together: [Thing, Price]
parameters:
  - { name: Thing, type: String }
  - { name: Prise, type: String }
",
}

fn main() {}
