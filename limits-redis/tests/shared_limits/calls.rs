//! Operations with documented limits, and calls of them.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use alicloud_limits_redis::{RedisLimits, StoreChange};
use alicloud_runtime::dynamic::{Client, Decode, Hosts, Input, Operation, Parameters, Service, Slot};
use alicloud_runtime::{Config, Credentials, Error, HttpRequest, HttpResponse, Method, ResponseFuture, Transport};

pub(crate) static SERVICE: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts::NONE,
    vpc: Hosts::NONE,
    outcome: None,
    retried: &[],
    gateway: None,
};

pub(crate) static ONCE_A_SECOND: Operation<'static> =
    Operation::new(&SERVICE, "OnceASecond", Method::Post, Parameters::NONE).per_second(1);
pub(crate) static TEN_A_SECOND: Operation<'static> =
    Operation::new(&SERVICE, "TenASecond", Method::Post, Parameters::NONE).per_second(10);

/// The time between two calls of [`TEN_A_SECOND`], in microseconds.
pub(crate) const TENTH: u64 = 100_000;

/// Reports each call to a server.
#[derive(Debug)]
pub(crate) struct Echo {
    pub(crate) url: String,
    pub(crate) sender: String,
}

impl Transport for Echo {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async {
            let client = redis::Client::open(self.url.as_str()).unwrap();
            let mut connection = client.get_multiplexed_async_connection().await.unwrap();
            redis::cmd("ECHO").arg(&self.sender).exec_async(&mut connection).await.unwrap();
            Ok(HttpResponse::new(200, "{}"))
        })
    }
}

/// Responds to each call, and records nothing.
#[derive(Debug)]
pub(crate) struct Silent;

impl Transport for Silent {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async { Ok(HttpResponse::new(200, "{}")) })
    }
}

pub(crate) fn config(limits: RedisLimits) -> Config {
    Config::new(Credentials::new("id", "secret")).endpoint("e.example.com").transport(Silent).limits(limits)
}

pub(crate) fn client(limits: RedisLimits) -> Client {
    Client::new(&SERVICE, &config(limits)).unwrap()
}

/// Sends a call, and ignores the response.
pub(crate) async fn call(client: &Client, operation: &Operation<'_>) -> Result<(), Error<Infallible>> {
    struct Ignored;

    impl Decode for Ignored {
        fn field(&mut self, _: usize) -> (&'static str, Slot<'_>) {
            ("", Slot::Skip)
        }
    }

    client.send(operation, &Input::new(), &mut Ignored).await.map(drop)
}

/// The changes of a store that were reported.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes(Arc<Mutex<Vec<StoreChange>>>);

impl Changes {
    /// Reports the changes of the store of these limits here.
    pub(crate) fn observe(&self, limits: RedisLimits) -> RedisLimits {
        let changes = Arc::clone(&self.0);
        limits.on_store_change(move |change| changes.lock().unwrap().push(change.clone()))
    }

    pub(crate) fn all(&self) -> Vec<StoreChange> {
        self.0.lock().unwrap().clone()
    }

    /// The reason of the only change, which is that the store was lost.
    pub(crate) fn only_loss(&self) -> String {
        match &self.all()[..] {
            [StoreChange::Lost { reason, .. }] => reason.clone(),
            others => panic!("{others:?}"),
        }
    }
}
