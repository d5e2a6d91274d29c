//! Configures and starts an emulator.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use alicloud_model::{Endpoints, SourceFile};

use crate::calls::call::Call;
use crate::calls::call_file::CallFile;
use crate::catalog::lookup::Catalog;
use crate::catalog::stored_specs::StoredVersion;
use crate::checks::accounts::{Account, Accounts};
use crate::checks::policy::Policy;
use crate::clock::{self, Clock};
use crate::emulator::listener::{listener, reachable};
use crate::emulator::running::Emulator;
use crate::emulator::specs::{SpecSources, Stored};
use crate::emulator::start_error::StartError;
use crate::gateway::state::{Access, Gateway, OnCall};
use crate::scenario::scenario_file::Scenario;
use crate::server;

impl Emulator {
    /// Starts an emulator that serves all specs of a folder.
    ///
    /// It accepts the account of [`ACCESS_KEY_ID`](crate::ACCESS_KEY_ID) and
    /// [`ACCESS_KEY_SECRET`](crate::ACCESS_KEY_SECRET). The server runs on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] if the specs contain errors, or if the emulator cannot listen.
    pub async fn start(specs: impl AsRef<Path>) -> Result<Self, StartError> {
        Self::builder().specs(specs).start().await
    }

    /// Creates a builder, to set accounts, several folders, specs in memory, the clock and more.
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
            policy: None,
            call_log: None,
            scenario: Scenario::default(),
            address: (Ipv4Addr::LOCALHOST, 0).into(),
        }
    }
}

/// Configures an emulator.
#[must_use]
pub struct Builder {
    loaded: SpecSources,
    access: Access,
    regions: BTreeSet<String>,
    clock: Clock,
    on_call: Option<OnCall>,
    policy: Option<Policy>,
    call_log: Option<PathBuf>,
    scenario: Scenario,
    address: SocketAddr,
}

impl Builder {
    /// Adds a folder of specs. Can be called several times.
    pub fn specs(mut self, folder: impl AsRef<Path>) -> Self {
        self.loaded.folders.push(folder.as_ref().to_owned());
        self
    }

    /// Adds the specs that are bundled with the crate `alicloud`.
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
    pub fn bundled(mut self) -> Self {
        self.loaded.stored.push(Stored::Bundled);
        self
    }

    /// Adds a product of the catalogue, such as `vpc`, in its default version, or one of its versions, such as
    /// `rds/2014-08-15`. Can be called several times. Operations of folders and sources replace those of the catalogue.
    pub fn product(mut self, name: impl Into<String>) -> Self {
        self.loaded.stored.push(Stored::Product(name.into()));
        self
    }

    /// Adds all products of the catalogue, in all versions. Operations of folders and sources replace those of the
    /// catalogue.
    ///
    /// The specs of an operation are read when it is first called, and those of the latest calls stay in memory.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use alicloud_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().catalogue().start().await?;
    /// assert!(emulator.products().len() > 700);
    /// # Ok::<(), alicloud_emulator::StartError>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn catalogue(mut self) -> Self {
        self.loaded.stored.push(Stored::All);
        self
    }

    /// Adds specs that are in memory. Can be called several times.
    pub fn sources(mut self, sources: Vec<SourceFile>) -> Self {
        self.loaded.sources.extend(sources);
        self
    }

    /// Adds an account. Can be called several times. Without any, the emulator has the default account.
    pub fn account(self, access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        self.accounts([Account::new(access_key_id, access_key_secret)])
    }

    /// Adds an account with temporary credentials and their security token.
    pub fn sts_account(
        self,
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<String>,
        security_token: impl Into<String>,
    ) -> Self {
        self.accounts([Account::new(access_key_id, access_key_secret).token(security_token)])
    }

    /// Adds accounts, such as inactive or expired ones.
    pub fn accounts(mut self, accounts: impl IntoIterator<Item = Account>) -> Self {
        accounts.into_iter().for_each(|account| self.access.accounts.add(account));
        self
    }

    /// Limits all accounts without a policy of their own to what a RAM policy allows, with the default account.
    ///
    /// A test that passes under a policy shows that the policy has all actions that the test needs. See
    /// [`Account::policy`].
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Also accepts calls without an AccessKey. They need no signature, time stamp or nonce. Calls with an AccessKey
    /// are checked as usual.
    pub fn anonymous(mut self) -> Self {
        self.access.is_anonymous = true;
        self
    }

    /// Enforces the documented queries per second, for each AccessKey and operation. Off by default.
    ///
    /// A call above the limit fails with `Throttling.User`. The header `x-acs-retry-after` is the delay in milliseconds
    /// until the next call is accepted.
    pub fn flow_control(mut self) -> Self {
        self.access.has_flow_control = true;
        self
    }

    /// Serves only the endpoints of this region, and those for all regions. Can be called several times. By default,
    /// the endpoints of all regions are served. Calls to a loopback address are always served.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.regions.insert(region.into());
        self
    }

    /// Sets the clock that calls are checked against. Defaults to the clock of the machine.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the scenario: its scripted responses and resources. Its accounts are added to those of the builder.
    ///
    /// If it is called again, the last scenario counts, with the accounts of all.
    pub fn scenario(mut self, mut scenario: Scenario) -> Self {
        let accounts = std::mem::take(&mut scenario.accounts);
        self.scenario = scenario;
        self.accounts(accounts)
    }

    /// Opens the admin API to other machines that can reach the emulator. By default, only the same machine can use it.
    pub fn admin_from_anywhere(mut self) -> Self {
        self.access.is_admin_open = true;
        self
    }

    /// Sets a function that is called for each call, after it was handled and before the response is sent.
    pub fn on_call(mut self, observer: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.on_call = Some(Box::new(observer));
        self
    }

    /// Appends each call to a file, as a line of JSON: the object that the admin API has for it. The file is created if
    /// it does not exist.
    ///
    /// Several emulators, such as those of several tests, can write to the same file. `alicloud policy --log` creates
    /// the RAM policy for the calls in it.
    pub fn call_log(mut self, file: impl AsRef<Path>) -> Self {
        self.call_log = Some(file.as_ref().to_owned());
        self
    }

    /// Sets the address to listen at. Defaults to a free port of the loopback address. Port 0 selects a free port.
    ///
    /// Do not use secrets of real accounts, above all if others can reach the emulator: it uses plain HTTP.
    pub fn listen(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// Starts the emulator, on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] if the specs or the scenario contain errors, or if the emulator cannot listen.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let services = self.loaded.services()?;
        let stored = self.loaded.stored().map_err(StartError::Catalogue)?;
        if let Some(region) = self.regions.iter().find(|region| {
            let of_stored = |stored: &StoredVersion| stored.endpoints().is_ok_and(|all| serves(&all, region));
            !services.iter().any(|service| serves(&service.endpoints, region)) && !stored.iter().any(of_stored)
        }) {
            return Err(StartError::UnknownRegion(region.clone()));
        }
        let catalog = Catalog::new(services, &stored, &self.regions).map_err(StartError::Catalogue)?;
        if catalog.is_empty() {
            return Err(StartError::NoOperations);
        }
        let cannot_listen = |error| StartError::Listen(self.address, error);
        let mut access = Access { accounts: self.access.accounts.or_default(), ..self.access };
        if let Some(policy) = &self.policy {
            access.accounts.limit(policy);
        }
        let on_call = match self.call_log {
            Some(file) => {
                Some(logging(CallFile::open(&file).map_err(|error| StartError::CallLog(file, error))?, self.on_call))
            }
            None => self.on_call,
        };
        let gateway = Gateway::new(catalog, access, self.clock, on_call, self.scenario);
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
            .field("stored", &self.loaded.stored)
            .field("accounts", &self.access.accounts)
            .field("regions", &self.regions)
            .finish_non_exhaustive()
    }
}

fn serves(endpoints: &Endpoints, region: &str) -> bool {
    let mut exceptions = endpoints.public.exceptions.iter();
    endpoints.public.regions.iter().any(|known| known == region) || exceptions.any(|(known, _)| known == region)
}

/// A function that writes each call to a file before the other function gets it.
fn logging(file: CallFile, then: Option<OnCall>) -> OnCall {
    Box::new(move |call| {
        file.write(call);
        if let Some(then) = &then {
            then(call);
        }
    })
}
