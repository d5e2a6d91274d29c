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
  - { name: Thing, type: Strng, required: true }
",
    "shop/2020-01-01/Sell.yaml" => "
operation: Sell
summary: Sells a thing.
methods: [POST]
parameters:
  - { name: Thing, type: String, required: true }
response:
  - { name: Price, type: Long }
",
}

// The error is only in the spec, so nothing is reported here.
async fn sell(client: &shop::Client) -> Option<i64> {
    client.sell(&shop::SellRequest::new("chair")).await.ok().map(|sold| sold.price)
}

fn main() {
    let _ = sell;
}
