use alicloud::ecs::DeleteActivationRequest;

fn main() {
    // RegionId and ActivationId are required.
    let _ = DeleteActivationRequest::new("cn-hangzhou");
}
