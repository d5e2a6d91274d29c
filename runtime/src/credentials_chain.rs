//! The sources of credentials, such as variables, profiles, roles and processes.

pub(crate) mod cli_profile;
pub(crate) mod cloud_sso;
pub(crate) mod credentials_uri;
pub(crate) mod default_credentials;
pub(crate) mod ecs_ram_role;
pub(crate) mod external_process;
pub(crate) mod generated;
pub(crate) mod http;
pub(crate) mod profile_file;
pub(crate) mod profile_text;
pub(crate) mod role_session;
pub(crate) mod session_key;
pub(crate) mod variables;
