use alicloud::iot::ResetThingRequest;

fn main() {
    let request = ResetThingRequest::new();
    let _ = request.0;
}
