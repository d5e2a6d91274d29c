//! Configures and starts an emulator.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use alicloud_model::{Service, SourceFile};

use crate::calls::call::Call;
use crate::catalog::bundled_specs::bundled_specs;
use crate::catalog::lookup::Catalog;
use crate::checks::accounts::{Account, Accounts};
use crate::clock::{self, Clock};
use crate::emulator::listener::{listener, reachable};
use crate::emulator::running::Emulator;
use crate::emulator::specs::SpecSources;
use crate::emulator::start_error::StartError;
use crate::gateway::state::{Access, Gateway, OnCall};
use crate::scenario::scenario_file::Scenario;
use crate::server;

impl Emulator {
    /// Serves all specs of a folder, to the account of [`ACCESS_KEY_ID`](crate::ACCESS_KEY_ID) and
    /// [`ACCESS_KEY_SECRET`](crate::ACCESS_KEY_SECRET). The server runs on the Tokio runtime that this is called on.
    pub async fn start(specs: impl AsRef<Path>) -> Result<Self, StartError> {
        Self::builder().specs(specs).start().await
    }

    /// Starts with other accounts, several folders, specs in memory or another clock.
    pub fn builder() -> Builder {
        let access = Access {
            accounts: Accounts::default(),
            is_anonymous: false,
            has_flow_control: false,
            is_admin_open: false,
        };
        Builder {
            loaded: SpecSources::default(),
            access,
            regions: BTreeSet::new(),
            clock: clock::system(),
            on_call: None,
            scenario: Scenario::default(),
            address: (Ipv4Addr::LOCALHOST, 0).into(),
        }
    }
}

/// How an emulator is to be.
#[must_use]
pub struct Builder {
    loaded: SpecSources,
    access: Access,
    regions: BTreeSet<String>,
    clock: Clock,
    on_call: Option<OnCall>,
    scenario: Scenario,
    address: SocketAddr,
}

impl Builder {
    /// Serves the specs of a folder. May be said several times.
    pub fn specs(mut self, folder: impl AsRef<Path>) -> Self {
        self.loaded.folders.push(folder.as_ref().to_owned());
        self
    }

    /// Serves the operations that the crate `alicloud` has.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use alicloud_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().bundled().start().await?;
    /// assert!(emulator.products().iter().any(|served| served.product == "Ecs"));
    /// # Ok::<(), alicloud_emulator::StartError>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bundled(self) -> Self {
        self.sources(bundled_specs())
    }

    /// Serves specs that are in memory. May be said several times.
    pub fn sources(mut self, sources: Vec<SourceFile>) -> Self {
        self.loaded.sources.extend(sources);
        self
    }

    /// Lets an account in. May be said several times; with any account, the default one is not let in.
    pub fn account(self, access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        self.accounts([Account::new(access_key_id, access_key_secret)])
    }

    /// Lets in an account with temporary credentials, which go with a security token.
    pub fn sts_account(
        self,
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<String>,
        security_token: impl Into<String>,
    ) -> Self {
        self.accounts([Account::new(access_key_id, access_key_secret).token(security_token)])
    }

    /// Knows these accounts, of which some may be there to be refused.
    pub fn accounts(mut self, accounts: impl IntoIterator<Item = Account>) -> Self {
        accounts.into_iter().for_each(|account| self.access.accounts.add(account));
        self
    }

    /// Lets in calls without an AccessKey, too, which then need no signature, time stamp or nonce. Those with one are checked as
    /// ever.
    pub fn anonymous(mut self) -> Self {
        self.access.is_anonymous = true;
        self
    }

    /// Keeps to the documented queries per second: one call too many of an AccessKey at an operation is refused with
    /// `Throttling.User`, and `x-acs-retry-after` says after how many milliseconds another may come. Without this, tests may
    /// call as fast as they can.
    pub fn flow_control(mut self) -> Self {
        self.access.has_flow_control = true;
        self
    }

    /// Answers at the hosts of this region, and at those that serve all regions. May be said several times; without it, all
    /// hosts of the specs are answered at. Calls to a loopback address are always answered.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.regions.insert(region.into());
        self
    }

    /// The time that calls are checked against.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Starts with the accounts, prepared answers and things of a scenario. Said again, it replaces all but the accounts.
    pub fn scenario(mut self, mut scenario: Scenario) -> Self {
        let accounts = std::mem::take(&mut scenario.accounts);
        self.scenario = scenario;
        self.accounts(accounts)
    }

    /// Lets other machines use the admin API, too, where they can reach the emulator at all.
    pub fn admin_from_anywhere(mut self) -> Self {
        self.access.is_admin_open = true;
        self
    }

    /// Tells of each call, once it is served or refused and before its answer is sent.
    pub fn on_call(mut self, tell: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.on_call = Some(Box::new(tell));
        self
    }

    /// Listens at this address instead of a free loopback port. The port 0 stands for a free one.
    ///
    /// Secrets of real accounts have no place in an emulator, least of all in one that others can reach: it speaks plain HTTP.
    pub fn listen(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// Starts the server.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let services = self.loaded.services()?;
        if let Some(region) = self.regions.iter().find(|region| !services.iter().any(|service| serves(service, region)))
        {
            return Err(StartError::UnknownRegion(region.clone()));
        }
        let catalog = Catalog::new(services, &self.regions);
        if catalog.is_empty() {
            return Err(StartError::NoOperations);
        }
        let cannot_listen = |error| StartError::Listen(self.address, error);
        let access = Access { accounts: self.access.accounts.or_default(), ..self.access };
        let gateway = Gateway::new(catalog, access, self.clock, self.on_call, self.scenario);
        let gateway = Arc::new(gateway.map_err(StartError::Scenario)?);
        let listener = listener(self.address).map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;
        let server = tokio::spawn(server::accept(listener, Arc::clone(&gateway)));
        Ok(Emulator { url: format!("http://{}", reachable(address)), gateway, server })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources: Vec<&str> = self.loaded.sources.iter().map(|source| source.path.as_str()).collect();
        f.debug_struct("Builder")
            .field("specs", &self.loaded.folders)
            .field("sources", &sources)
            .field("accounts", &self.access.accounts)
            .field("regions", &self.regions)
            .finish_non_exhaustive()
    }
}

fn serves(service: &Service, region: &str) -> bool {
    let mut exceptions = service.endpoints.public.exceptions.iter();
    service.endpoints.public.regions.iter().any(|known| known == region) || exceptions.any(|(known, _)| known == region)
}
