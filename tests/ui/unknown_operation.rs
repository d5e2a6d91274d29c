use alicloud::ecs::{Client, DeleteActivationRequest};

fn call(client: &Client, request: &DeleteActivationRequest) {
    let _ = client.delete_activaton(request);
}

fn main() {}
