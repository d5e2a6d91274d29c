//! The state of the gateway.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::calls::call::Call;
use crate::calls::log::CallLog;
use crate::calls::packed_call::PackedCall;
use crate::catalog::lookup::Catalog;
use crate::catalog::served_product::ServedProduct;
use crate::checks::accounts::Accounts;
use crate::checks::flow_control::FlowControl;
use crate::checks::nonces::Nonces;
use crate::clock::Clock;
use crate::responses::resources::Resources;
use crate::scenario::preparation::{check_resource, prepare};
use crate::scenario::scenario_error::ScenarioError;
use crate::scenario::scenario_file::Scenario;
use crate::scenario::script::Script;
use crate::scenario::script_error::ScriptError;
use crate::scenario::scripted_response::ScriptedResponse;

/// A function that is called for each call.
pub(crate) type OnCall = Box<dyn Fn(&Call) + Send + Sync>;

/// The state that calls change.
pub(crate) struct State {
    pub(crate) nonces: Nonces,
    /// `None` if flow control is off.
    pub(crate) flow: Option<FlowControl>,
    pub(crate) script: Script,
    pub(crate) resources: Resources,
    pub(crate) calls: CallLog,
}

/// Defines who can call the gateway and use the admin API.
pub(crate) struct Access {
    pub(crate) accounts: Accounts,
    /// Whether calls without an AccessKey are accepted.
    pub(crate) is_anonymous: bool,
    pub(crate) has_flow_control: bool,
    /// Whether other machines can use the admin API.
    pub(crate) is_admin_open: bool,
}

/// The state that a scenario defines.
#[derive(Default)]
struct Start {
    script: Script,
    resources: Resources,
}

/// The gateway, which all connections share.
pub(crate) struct Gateway {
    pub(crate) catalog: Catalog,
    pub(crate) access: Access,
    start: Start,
    clock: Clock,
    pub(crate) on_call: Option<OnCall>,
    state: Mutex<State>,
}

impl Gateway {
    /// Creates a gateway. Fails if the scenario does not fit the specs.
    pub(crate) fn new(
        catalog: Catalog,
        access: Access,
        clock: Clock,
        on_call: Option<OnCall>,
        scenario: Scenario,
    ) -> Result<Self, ScenarioError> {
        let state = State {
            nonces: Nonces::default(),
            flow: None,
            script: Script::default(),
            resources: Resources::default(),
            calls: CallLog::default(),
        };
        let mut gateway = Self { catalog, access, start: Start::default(), clock, on_call, state: Mutex::new(state) };
        for (at, (operation, response)) in scenario.responses.into_iter().enumerate() {
            let prepared = prepare(&gateway.catalog, &operation, response);
            let failed = |error| ScenarioError::new(format!("response {}", at + 1), error);
            let prepared = prepared.map_err(failed)?;
            gateway.start.script.add(vec![(operation, prepared)]).map_err(failed)?;
        }
        for resource in &scenario.resources {
            let place = || format!("resource `{}`", resource.name);
            check_resource(&gateway.catalog, resource).map_err(|error| ScenarioError::new(place(), error))?;
        }
        gateway.start.resources = Resources(scenario.resources);
        gateway.reset();
        Ok(gateway)
    }

    /// Restores the state after the start.
    pub(crate) fn reset(&self) {
        let mut state = self.state();
        state.nonces = Nonces::default();
        state.flow = self.access.has_flow_control.then(|| FlowControl::new(Clock::clone(&self.clock)));
        state.script = self.start.script.clone();
        state.resources = self.start.resources.clone();
        state.calls.take();
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A panic does not leave the state inconsistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn products(&self) -> Vec<ServedProduct> {
        self.catalog.products()
    }

    pub(crate) fn calls(&self) -> Vec<PackedCall> {
        self.state().calls.all()
    }

    pub(crate) fn take_calls(&self) -> Vec<PackedCall> {
        self.state().calls.take()
    }

    /// Scripts the response to the operation's next calls.
    pub(crate) fn respond_next(&self, operation: &str, response: ScriptedResponse) -> Result<(), ScriptError> {
        let prepared = prepare(&self.catalog, operation, response)?;
        self.state().script.add(vec![(operation.to_owned(), prepared)])
    }
}
