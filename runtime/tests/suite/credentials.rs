//! Credentials from files, programs and local servers, and how they are cached and refreshed.

use std::collections::HashSet;
use std::future::ready;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};

use crate::server::{Action, Server, respond};
use crate::test_service::{SERVICE, request};
use alicloud_runtime::Method;
use alicloud_runtime::{
    AssumeRole, AssumeRoleWithOidc, CliProfile, Config, Credentials, CredentialsFailure, CredentialsFuture,
    CredentialsSource, CredentialsUri, DefaultCredentials, EcsRamRole, Failure, HttpRequest, HttpResponse, ProfileFile,
    ProvideCredentials, RefreshingProvider, ResponseFuture, RetryPolicy, Transport,
};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// So late that nothing is refreshed.
const LATER: &str = "2099-01-01T00:00:00Z";

/// Secrets that must not appear in any output.
const SECRETS: [&str; 3] = ["hush-secret", "hush-token", "hush-oidc"];

fn session_key(id: &str, expiration: &str) -> String {
    format!(
        r#"{{"Code":"Success","AccessKeyId":"{id}","AccessKeySecret":"hush-secret","SecurityToken":"hush-token","Expiration":"{expiration}"}}"#
    )
}

/// Returns the access key ID or the error of a provider, and checks that neither shows a secret.
async fn shown(provider: impl ProvideCredentials + 'static) -> Result<String, String> {
    let hidden = format!("{provider:?}");
    let found = provider.provide().await;
    let text = format!("{hidden} {provider:?} {found:?}");
    assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
    match found {
        Ok(credentials) => Ok(credentials.access_key_id().to_owned()),
        Err(failure) => {
            let text = failure.to_string();
            assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
            Err(text)
        }
    }
}

/// Starts a server that responds to each request with the status and the body that `choose` returns.
async fn serve(choose: impl Fn(&str) -> (u16, String) + Send + 'static) -> Server {
    Server::new(move |request| {
        let (status, body) = choose(request);
        respond(&format!("{status} X"), body)
    })
    .await
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A metadata server with a role called `reader`, which responds to token requests with this status.
fn metadata(token_status: u16) -> impl Fn(&str) -> (u16, String) {
    move |request| {
        let has_token = request.contains("x-aliyun-ecs-metadata-token: T\r\n");
        match request.split(" HTTP").next().unwrap() {
            "PUT /latest/api/token" => {
                assert!(request.contains("x-aliyun-ecs-metadata-token-ttl-seconds: 21600\r\n"), "{request}");
                (token_status, "T\n".to_owned())
            }
            _ if token_status == 200 && !has_token => (403, String::new()),
            "GET /latest/meta-data/ram/security-credentials/" => (200, "reader\n".to_owned()),
            "GET /latest/meta-data/ram/security-credentials/reader" => (200, session_key("STS.ecs", LATER)),
            _ => (404, "<html>hush-secret</html>".to_owned()),
        }
    }
}

#[tokio::test]
async fn an_ecs_instance_provides_the_credentials_of_its_role() {
    let no_token = |status| format!("ECS RAM role: /latest/api/token returned HTTP {status}");
    for (server, allow_v1, role, expected, requests) in [
        (metadata(200), false, None, Ok("STS.ecs"), 3),
        (metadata(200), true, Some("reader"), Ok("STS.ecs"), 2),
        // If the server issues no token, requests without one are sent only if allowed.
        (metadata(403), false, None, Err(no_token(403)), 1),
        (metadata(404), false, None, Err(no_token(404)), 1),
        (metadata(500), false, None, Err(no_token(500)), 1),
        (metadata(404), true, None, Ok("STS.ecs"), 3),
        (metadata(500), true, None, Ok("STS.ecs"), 3),
        (
            metadata(200),
            false,
            Some("../x"),
            Err("ECS RAM role: /latest/meta-data/ram/security-credentials/..%2Fx returned HTTP 404".to_owned()),
            2,
        ),
    ] {
        let server = serve(server).await;
        let source = EcsRamRole::new().server(server.url()).allow_v1(allow_v1);
        let source = match role {
            Some(role) => source.role(role),
            None => source,
        };
        let found = shown(RefreshingProvider::new(source)).await;
        assert_eq!(found, expected.map(str::to_owned));
        assert_eq!(server.requests().len(), requests, "{:?}", server.requests());
    }
}

#[tokio::test]
async fn responses_without_credentials_are_rejected_without_showing_their_body() {
    let good = session_key("STS.x", LATER);
    for (status, body, expected) in [
        (200, good.clone(), Ok("STS.x")),
        (200, good.replace(LATER, "2099-01-01T00:00:00.5Z"), Ok("STS.x")),
        (500, good.clone(), Err("/here returned HTTP 500")),
        (302, good.clone(), Err("/here returned HTTP 302")),
        (200, good.replace("Success", "Failed"), Err("the response has the code `Failed` instead of `Success`")),
        (
            200,
            good.replace("Success", "No.Such_Role-X"),
            Err("the response has the code `No.Such_Role-X` instead of `Success`"),
        ),
        // A code has at most 40 characters, and no digits or spaces. Anything else may be a secret.
        (200, good.replace("Success", "hush secret"), Err("the response does not have the code `Success`")),
        (200, good.replace("Success", "secret1"), Err("the response does not have the code `Success`")),
        (200, good.replace("Success", &"x".repeat(41)), Err("the response does not have the code `Success`")),
        (200, good.replace("AccessKeySecret", "Other"), Err("the response has no `AccessKeySecret`")),
        (200, good.replace("hush-token", ""), Err("the response has no `SecurityToken`")),
        (200, good.replace(LATER, "soon"), Err("the `Expiration` of the response is not an RFC 3339 time")),
        (200, good.replace(LATER, "2001-01-01T00:00:00Z"), Err("the source returned expired credentials")),
        (200, "hush-secret".to_owned(), Err("the response is not a valid JSON object")),
        (200, "[\"hush-secret\"]".to_owned(), Err("the response is not a valid JSON object")),
        (200, String::new(), Err("the response is not a valid JSON object")),
    ] {
        let server = serve(move |_| (status, body.clone())).await;
        let url = format!("{}/here?key=hush-secret", server.url());
        let found = shown(RefreshingProvider::new(CredentialsUri::new(url))).await;
        let expected = expected.map(str::to_owned).map_err(|reason| format!("credentials URI: {reason}"));
        assert_eq!(found, expected);
    }
    let failure = shown(RefreshingProvider::new(CredentialsUri::new("http://127.0.0.1:1/x"))).await.unwrap_err();
    assert!(failure.starts_with("credentials URI: cannot connect to 127.0.0.1"), "{failure}");
    let failure = shown(RefreshingProvider::new(CredentialsUri::new("nonsense"))).await.unwrap_err();
    assert!(failure.starts_with("credentials URI: its URL is not valid"), "{failure}");
}

fn sts_response(id: &str) -> String {
    let key = session_key(id, LATER);
    format!(r#"{{"RequestId":"R","AssumedRoleUser":{{"Arn":"a","AssumedRoleId":"i"}},"Credentials":{key}}}"#)
}

#[tokio::test]
async fn assume_role_is_signed_with_the_callers_credentials() {
    let server = serve(|_| (200, sts_response("STS.role"))).await;
    let role = AssumeRole::new(Credentials::new("my-id", "hush-secret"), "acs:ram::1:role/reader")
        .endpoint(server.url())
        .session_name("nightly")
        .external_id("x-1")
        .duration(Duration::from_secs(900))
        .policy("{}");
    assert_eq!(shown(RefreshingProvider::new(role)).await.unwrap(), "STS.role");
    let request = &server.requests()[0];
    let first = request.lines().next().unwrap();
    assert_eq!(
        first,
        "POST /?DurationSeconds=900&ExternalId=x-1&Policy=%7B%7D&RoleArn=acs%3Aram%3A%3A1%3Arole%2Freader&\
         RoleSessionName=nightly HTTP/1.1"
    );
    assert!(request.contains("authorization: ACS3-HMAC-SHA256 Credential=my-id,"), "{request}");

    let service_error = r#"{"RequestId":"R","Code":"NoPermission","Message":"You may not."}"#;
    let server = serve(move |_| (403, service_error.to_owned())).await;
    let role = AssumeRole::new(Credentials::new("my-id", "hush-secret"), "r").endpoint(server.url());
    let failure = shown(RefreshingProvider::new(role)).await.unwrap_err();
    assert_eq!(failure, "AssumeRole: NoPermission: You may not. (HTTP 403, RequestId R)");

    // STS repeats the request, including the caller's token.
    let echo =
        r#"{"Code":"SignatureDoesNotMatch","Message":"server string to sign is:POST&%2F&SecurityToken%3Dhush-token"}"#;
    let server = serve(move |_| (400, echo.to_owned())).await;
    let mine = Credentials::new("my-id", "hush-secret").security_token("hush-token");
    let failure = shown(RefreshingProvider::new(AssumeRole::new(mine, "r").endpoint(server.url()))).await.unwrap_err();
    assert!(failure.contains("SecurityToken%3D***"), "{failure}");

    let missing = DefaultCredentials::from_variables([("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")]);
    let failure = shown(RefreshingProvider::new(AssumeRole::new(missing, "r"))).await.unwrap_err();
    assert!(
        failure.starts_with("AssumeRole: there are no credentials to assume the role with: default chain: "),
        "{failure}"
    );
}

#[tokio::test]
async fn oidc_roles_are_assumed_unsigned_with_the_token_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "token", "hush-oidc\n");
    let server = serve(|_| (200, sts_response("STS.pod"))).await;
    let role = AssumeRoleWithOidc::new("role", "provider", &file).endpoint(server.url()).session_name("pod");
    assert_eq!(shown(RefreshingProvider::new(role)).await.unwrap(), "STS.pod");
    let request = &server.requests()[0];
    assert!(request.starts_with("POST / HTTP/1.1\r\n"), "{request}");
    assert!(!request.contains("authorization") && !request.contains("accesskey"), "{request}");
    assert!(request.contains("x-acs-action: AssumeRoleWithOIDC\r\n"), "{request}");
    let body = request.split("\r\n\r\n").nth(1).unwrap();
    assert_eq!(
        body,
        "DurationSeconds=3600&OIDCProviderArn=provider&OIDCToken=hush-oidc&RoleArn=role&RoleSessionName=pod"
    );
    let long = "x".repeat(65_537);
    write(folder.path(), "token", &long[1..]);
    let role = AssumeRoleWithOidc::new("role", "provider", &file).endpoint(server.url()).session_name("pod");
    assert_eq!(shown(RefreshingProvider::new(role)).await.unwrap(), "STS.pod", "65536 bytes can be a token");
    for (text, expected) in
        [("", "is empty"), (&*long, "has more than 65536 bytes, which is too long for an OIDC token")]
    {
        write(folder.path(), "token", text);
        let role = AssumeRoleWithOidc::new("role", "provider", &file).endpoint(server.url());
        let failure = shown(RefreshingProvider::new(role)).await.unwrap_err();
        assert_eq!(failure, format!("OIDC role: the token file {file} {expected}"));
    }
}

#[tokio::test]
async fn errors_for_invalid_sts_responses_do_not_show_the_response() {
    let good = sts_response("STS.role");
    let cut = |end: &str| good.split(end).next().unwrap().to_owned();
    for (status, body, expected) in [
        (200, cut("\",\"Expiration"), "the response cannot be decoded (HTTP 200, RequestId unknown)"),
        (200, cut("\",\"SecurityToken"), "the response cannot be decoded (HTTP 200, RequestId unknown)"),
        (403, "<html>hush-secret</html>".to_owned(), "the response cannot be decoded (HTTP 403, RequestId unknown)"),
        (200, "{}".to_owned(), "the response has no `AccessKeyId`"),
        (200, good.replace("hush-token", ""), "the response has no `SecurityToken`"),
        (200, good.replace(LATER, "soon"), "the `Expiration` of the response is not an RFC 3339 time"),
        (200, good.replace(LATER, "2001-01-01T00:00:00Z"), "the source returned expired credentials"),
    ] {
        let server = serve(move |_| (status, body.clone())).await;
        let role = AssumeRole::new(Credentials::new("my-id", "hush-secret"), "r").endpoint(server.url());
        assert_eq!(shown(RefreshingProvider::new(role)).await.unwrap_err(), format!("AssumeRole: {expected}"));
    }
}

#[tokio::test]
async fn the_call_timeout_covers_fetching_credentials() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let role = AssumeRole::new(Credentials::new("my-id", "hush-secret"), "r")
        .endpoint(format!("http://{}", listener.local_addr().unwrap()));
    let gateway = Gateway::default();
    let config = Config::new(RefreshingProvider::new(role)).endpoint("ecs.example.com").transport(gateway.clone());
    let client = Client::new(&SERVICE, &config).unwrap();
    let error = client.call(&Ping(Input::new())).timeout(Duration::from_millis(50)).await.unwrap_err();
    let expected = "the request was not sent: the call timed out after 50ms while it waited for credentials";
    assert_eq!((error.to_string().as_str(), error.attempts()), (expected, 0));
    assert!(gateway.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn cli_profiles_are_read_in_each_mode() {
    let sts = serve(|request| {
        let is_chained = request.contains("Credential=STS.role");
        (200, sts_response(if is_chained { "STS.chained" } else { "STS.role" }))
    })
    .await;
    let uri = serve(|_| (200, session_key("STS.uri", LATER))).await;
    let sso = serve(|request| {
        assert!(request.starts_with("POST /start/cloud-credentials HTTP/1.1"), "{request}");
        assert!(request.contains("authorization: Bearer hush-token"), "{request}");
        assert!(request.ends_with(r#"{"AccessConfigurationId":"c","AccountId":"a"}"#), "{request}");
        (200, format!(r#"{{"CloudCredential":{}}}"#, session_key("STS.sso", LATER)))
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let token = write(folder.path(), "token", "hush-oidc");
    let printed = write(
        folder.path(),
        "printed.json",
        r#"{"mode":"StsToken","access_key_id":"STS.run","access_key_secret":"hush-secret","sts_token":"hush-token"}"#,
    );
    let key = r#""access_key_id":"my-id","access_key_secret":"hush-secret""#;
    let (sts, uri, sso) = (sts.url(), uri.url(), format!("{}/start/", sso.url()));
    let profiles = [
        format!(r#"{{"name":"ak","mode":"AK",{key}}}"#),
        format!(r#"{{"name":"default","mode":"StsToken",{key},"sts_token":"hush-token"}}"#),
        format!(r#"{{"name":"role","mode":"RamRoleArn",{key},"ram_role_arn":"r","sts_endpoint":"{sts}"}}"#),
        format!(
            r#"{{"name":"chain","mode":"ChainableRamRoleArn","source_profile":"role","ram_role_arn":"q","sts_endpoint":"{sts}","expired_seconds":900}}"#
        ),
        r#"{"name":"circle","mode":"ChainableRamRoleArn","source_profile":"circle2","ram_role_arn":"q"}"#.to_owned(),
        r#"{"name":"circle2","mode":"ChainableRamRoleArn","source_profile":"circle","ram_role_arn":"q"}"#.to_owned(),
        format!(
            r#"{{"name":"pod","mode":"OIDC","ram_role_arn":"r","oidc_provider_arn":"p","oidc_token_file":"{token}","sts_endpoint":"{sts}"}}"#
        ),
        format!(r#"{{"name":"run","mode":"External","process_command":"cat '{printed}'"}}"#),
        r#"{"name":"fails","mode":"External","process_command":"false hush-secret"}"#.to_owned(),
        r#"{"name":"shell","mode":"External","process_command":"echo $HOME hush-secret"}"#.to_owned(),
        format!(r#"{{"name":"uri","mode":"CredentialsURI","credentials_uri":"{uri}"}}"#),
        format!(
            r#"{{"name":"sso","mode":"CloudSSO","cloud_sso_sign_in_url":"{sso}","cloud_sso_account_id":"a","cloud_sso_access_config":"c","access_token":"hush-token","cloud_sso_access_token_expire":4000000000}}"#
        ),
        r#"{"name":"ended","mode":"CloudSSO","cloud_sso_sign_in_url":"u","cloud_sso_account_id":"a","cloud_sso_access_config":"c","access_token":"hush-token","cloud_sso_access_token_expire":1}"#.to_owned(),
        format!(r#"{{"name":"oauth","mode":"OAuth",{key},"sts_token":"hush-token","sts_expiration":4000000000}}"#),
        format!(r#"{{"name":"oauth-ended","mode":"OAuth",{key},"sts_token":"hush-token","sts_expiration":1}}"#),
        r#"{"name":"oauth-new","mode":"OAuth","oauth_refresh_token":"hush-token"}"#.to_owned(),
        r#"{"name":"role-of-role","mode":"RamRoleArnWithRoleName","ram_role_arn":"r"}"#.to_owned(),
        r#"{"name":"keyless","mode":"AK","access_key_id":"my-id"}"#.to_owned(),
        format!(r#"{{"name":"odd","mode":"Odd",{key}}}"#),
    ];
    let path =
        // Some editors add a byte order mark.
        write(folder.path(), "config.json", &format!("\u{feff}{{\"current\":\"ak\",\"profiles\":[{}]}}", profiles.join(",")));
    assert_eq!(shown(CliProfile::new(&path)).await.unwrap(), "my-id", "the current profile");
    for (profile, expected) in [
        ("default", Ok("my-id".to_owned())),
        ("role", Ok("STS.role".to_owned())),
        ("chain", Ok("STS.chained".to_owned())),
        ("circle", Err("CLI profile: the profiles circle -> circle2 refer to each other in a cycle".to_owned())),
        ("pod", Ok("STS.role".to_owned())),
        ("run", Ok("STS.run".to_owned())),
        ("fails", Err("external process: `false` ended with exit status: 1".to_owned())),
        ("shell", Err("external process: `echo` did not print a valid JSON object".to_owned())),
        ("uri", Ok("STS.uri".to_owned())),
        ("sso", Ok("STS.sso".to_owned())),
        (
            "ended",
            Err("CloudSSO: the sign-in has expired; sign in again with `aliyun configure --mode CloudSSO`".to_owned()),
        ),
        ("oauth", Ok("my-id".to_owned())),
        (
            "oauth-ended",
            Err(format!(
                "CLI profile: profile `oauth-ended` of {path} has an expired session; run any command of `aliyun` with \
                 this profile to renew it"
            )),
        ),
        (
            "oauth-new",
            Err(format!(
                "CLI profile: profile `oauth-new` of {path} has no session yet; run any command of `aliyun` with this \
                 profile to renew it"
            )),
        ),
        ("role-of-role", Err(format!("CLI profile: profile `role-of-role` of {path} has no `ram_role_name`"))),
        ("keyless", Err(format!("CLI profile: profile `keyless` of {path} has no `access_key_secret`"))),
        (
            "odd",
            Err(format!(
                "CLI profile: profile `odd` of {path} has the mode `Odd`; expected AK, StsToken, RamRoleArn, \
                 ChainableRamRoleArn, EcsRamRole, RamRoleArnWithRoleName, OIDC, OAuth, External, CredentialsURI or CloudSSO"
            )),
        ),
    ] {
        assert_eq!(shown(CliProfile::new(&path).profile(profile)).await, expected, "{profile}");
    }
}

#[tokio::test]
async fn errors_for_unreadable_files_give_the_reason_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "config.json", "");
    for (text, expected) in [
        ("", "is not valid JSON: EOF while parsing a value at line 1 column 0"),
        ("{\"hush-secret", "is not valid JSON: EOF while parsing a string at line 1 column 13"),
        ("[]", "has no profile `default`; it has none"),
        (r#"{"current":"x","profiles":[{"name":"a"},{"name":"b"},7]}"#, "has no profile `x`; it has a, b"),
    ] {
        write(folder.path(), "config.json", text);
        assert_eq!(shown(CliProfile::new(&path)).await.unwrap_err(), format!("CLI profile: {path} {expected}"));
    }
    std::fs::File::create(&path).unwrap().set_len(1 << 33).unwrap();
    let failure = shown(CliProfile::new(&path)).await.unwrap_err();
    assert_eq!(
        failure,
        format!("CLI profile: {path} has more than 4194304 bytes, which is too long for a file with profiles")
    );
    std::fs::write(&path, b"\xff\xfe hush-secret").unwrap();
    let failure = shown(CliProfile::new(&path)).await.unwrap_err();
    assert!(failure.starts_with(&format!("CLI profile: {path} cannot be read: ")), "{failure}");

    let failure = shown(CliProfile::new(folder.path())).await.unwrap_err();
    assert_eq!(failure, format!("CLI profile: {} is not a regular file", folder.path().display()));
    if cfg!(unix) {
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        // One never ends. Opening the other blocks until there is a writer.
        for path in [Path::new("/dev/zero"), &pipe] {
            let expected = format!("{} is not a regular file", path.display());
            let failure = shown(CliProfile::new(path)).await.unwrap_err();
            assert!(failure.contains(&expected), "{failure}");
            let failure = shown(ProfileFile::new(path, "default")).await.unwrap_err();
            assert!(failure.contains(&expected), "{failure}");
            let failure = shown(RefreshingProvider::new(AssumeRoleWithOidc::new("r", "p", path))).await.unwrap_err();
            assert!(failure.contains(&expected), "{failure}");
        }
    }

    let path = write(folder.path(), "credentials.ini", "");
    for (text, expected) in [
        ("", "has no profile `default`"),
        ("[default\nhush-secret", "is not a valid INI file"),
        ("[other]\ntype = access_key", "has no profile `default`"),
    ] {
        write(folder.path(), "credentials.ini", text);
        let failure = shown(ProfileFile::new(&path, "default")).await.unwrap_err();
        assert_eq!(failure, format!("profile file: {path} {expected}"));
    }
}

#[tokio::test]
async fn sdk_profiles_are_read_by_type() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[default]\ntype = access_key # the usual one\naccess_key_id = my-id\naccess_key_secret = hush-secret\n\
                [half]\ntype = access_key\naccess_key_id = my-id\n[none]\naccess_key_id = my-id\n\
                [odd]\ntype = rsa_key_pair\n";
    let path = write(folder.path(), "credentials.ini", text);
    for (profile, expected) in [
        ("default", Ok("my-id".to_owned())),
        ("half", Err(format!("profile file: profile `half` of {path} has no `access_key_secret`"))),
        ("none", Err(format!("profile file: profile `none` of {path} has no `type`"))),
        (
            "odd",
            Err(format!(
                "profile file: profile `odd` of {path} is of type `rsa_key_pair`; expected access_key, ram_role_arn, \
                 oidc_role_arn or ecs_ram_role"
            )),
        ),
    ] {
        assert_eq!(shown(ProfileFile::new(&path, profile)).await, expected, "{profile}");
    }
}

#[tokio::test]
async fn the_chain_tries_sources_in_the_official_order_and_reports_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_str().unwrap().to_owned();
    let uri = serve(|_| (200, session_key("STS.uri", LATER))).await;
    let mut variables = vec![
        ("HOME", home.clone()),
        ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true".to_owned()),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", String::new()),
    ];
    let chain = |variables: &[(&str, String)]| DefaultCredentials::from_variables(variables.to_vec());
    let failure = shown(chain(&variables)).await.unwrap_err();
    let expected = format!(
        "default chain: no source has credentials: environment: `ALIBABA_CLOUD_ACCESS_KEY_ID` is not set; OIDC role: \
         `ALIBABA_CLOUD_ROLE_ARN` is not set; CLI profile: {home}/.aliyun/config.json cannot be read: No such file or \
         directory (os error 2); profile file: {home}/.alibabacloud/credentials.ini cannot be read: No such file or \
         directory (os error 2); ECS RAM role: `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is set; credentials URI: \
         `ALIBABA_CLOUD_CREDENTIALS_URI` is not set"
    );
    assert_eq!(failure, expected);

    // Each source added below takes precedence over the earlier ones.
    variables.push(("ALIBABA_CLOUD_CREDENTIALS_URI", uri.url().to_owned()));
    assert_eq!(shown(chain(&variables)).await.unwrap(), "STS.uri");
    let ini = |id: &str| format!("[default]\ntype=access_key\naccess_key_id={id}\naccess_key_secret=hush-secret\n");
    write(folder.path(), ".alibabacloud/credentials", &ini("second-ini"));
    assert_eq!(shown(chain(&variables)).await.unwrap(), "second-ini");
    write(folder.path(), ".alibabacloud/credentials.ini", &ini("ini"));
    assert_eq!(shown(chain(&variables)).await.unwrap(), "ini");
    let json = r#"{"current":"default","profiles":[{"name":"default","mode":"AK","access_key_id":"cli","access_key_secret":"hush-secret"}]}"#;
    write(folder.path(), ".aliyun/config.json", json);
    assert_eq!(shown(chain(&variables)).await.unwrap(), "cli");
    variables.push(("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "TRUE".to_owned()));
    assert_eq!(shown(chain(&variables)).await.unwrap(), "ini");
    variables.retain(|(name, _)| *name != "ALIBABA_CLOUD_ACCESS_KEY_ID");
    variables.push(("ALIBABA_CLOUD_ACCESS_KEY_ID", "env".to_owned()));
    variables.push(("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hush-secret".to_owned()));
    assert_eq!(shown(chain(&variables)).await.unwrap(), "env");
}

#[tokio::test]
async fn the_chain_stays_with_the_first_source_that_had_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let good = Arc::new(Mutex::new(true));
    let state = Arc::clone(&good);
    let uri = serve(move |_| match *state.lock().unwrap() {
        // Expires before the next call.
        true => (200, session_key("STS.uri", &in_time(Duration::from_millis(30)))),
        false => (500, String::new()),
    })
    .await;
    let chain = DefaultCredentials::from_variables([
        ("HOME", folder.path().to_str().unwrap()),
        ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"),
        ("ALIBABA_CLOUD_CREDENTIALS_URI", uri.url()),
    ]);
    let first = chain.provide().await.unwrap();
    assert_eq!(first.access_key_id(), "STS.uri");
    let key = r#"{"profiles":[{"name":"default","access_key_id":"other","access_key_secret":"s"}]}"#;
    write(folder.path(), ".aliyun/config.json", key);
    *good.lock().unwrap() = false;
    let failure = loop {
        match chain.provide().await {
            Ok(credentials) => assert_eq!(credentials.access_key_id(), "STS.uri"),
            Err(failure) => break failure,
        }
    };
    assert_eq!(failure.to_string(), "credentials URI: / returned HTTP 500");
}

fn in_time(life: Duration) -> String {
    #[expect(clippy::disallowed_methods, reason = "a server has its own clock")]
    let now = SystemTime::now();
    humantime::format_rfc3339_nanos(now + life).to_string()
}

/// A source of numbered credentials with this lifetime.
#[derive(Debug)]
struct Counting {
    fetches: AtomicUsize,
    life: Duration,
    /// The first fetch that fails.
    ends: usize,
}

impl Counting {
    fn new(life: Duration) -> Arc<Self> {
        Arc::new(Self { fetches: AtomicUsize::new(0), life, ends: usize::MAX })
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }
}

#[derive(Clone, Debug)]
struct Shared(Arc<Counting>);

impl CredentialsSource for Shared {
    fn name(&self) -> &str {
        "counting"
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        let number = self.0.fetches.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            // Long enough for other calls to wait for this fetch.
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            if number >= self.0.ends {
                return Err(CredentialsFailure::new("counting", format!("none at {number}")));
            }
            #[expect(clippy::disallowed_methods, reason = "a source has its own clock")]
            let end = SystemTime::now() + self.0.life;
            Ok(Credentials::new(number.to_string(), "hush-secret").expiration(end))
        })
    }
}

/// The results of this many concurrent calls.
async fn at_once(many: usize, provider: &Arc<RefreshingProvider<Shared>>) -> Vec<Result<String, String>> {
    let mut calls = JoinSet::new();
    for _ in 0..many {
        let provider = Arc::clone(provider);
        calls.spawn(async move {
            let found = provider.provide().await;
            found.map(|credentials| credentials.access_key_id().to_owned()).map_err(|failure| failure.to_string())
        });
    }
    calls.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_calls_share_one_fetch_per_expiration() {
    let source = Counting::new(Duration::from_secs(3600));
    let provider = Arc::new(RefreshingProvider::new(Shared(Arc::clone(&source))));
    let found = at_once(100, &provider).await;
    assert!(found.iter().all(|id| id.as_deref() == Ok("0")), "{found:?}");
    assert_eq!(source.fetches(), 1);

    // Credentials that expire after 200 ms, under constant calls.
    let source = Counting::new(Duration::from_millis(200));
    let provider = Arc::new(RefreshingProvider::new(Shared(Arc::clone(&source))));
    let mut seen = HashSet::new();
    while seen.len() < 5 {
        for id in at_once(20, &provider).await {
            seen.insert(id.unwrap());
        }
    }
    assert_eq!(source.fetches(), seen.len(), "no fetch was redundant");
}

#[tokio::test]
async fn valid_credentials_are_used_while_refreshing_fails_and_failures_are_shared() {
    let source = Arc::new(Counting { fetches: AtomicUsize::new(0), life: Duration::from_secs(3), ends: 1 });
    let provider = Arc::new(RefreshingProvider::new(Shared(Arc::clone(&source))));
    let mut served = 0;
    let failure = loop {
        match provider.provide().await {
            Ok(credentials) => {
                assert_eq!(credentials.access_key_id(), "0");
                // A refresh has failed, and the cached credentials are still returned.
                served += usize::from(source.fetches() > 1);
            }
            Err(failure) => break failure,
        }
        tokio::task::yield_now().await;
    };
    assert!(served > 0);
    assert_eq!(
        (failure.to_string(), source.fetches()),
        ("counting: none at 2".to_owned(), 3),
        "one failed refresh before the expiration, one after"
    );

    let source = Arc::new(Counting { fetches: AtomicUsize::new(0), life: Duration::ZERO, ends: 0 });
    let provider = Arc::new(RefreshingProvider::new(Shared(Arc::clone(&source))));
    let found = at_once(50, &provider).await;
    assert!(found.iter().all(|found| found == &Err("counting: none at 0".to_owned())), "{found:?}");
    assert_eq!(source.fetches(), 1, "waiting calls share the failure");
}

/// A source with a script: credentials with a lifetime in seconds of the test's clock, failures, or fetches that hang.
#[derive(Debug)]
struct Scripted {
    clock: Arc<AtomicU64>,
    fetches: Arc<AtomicUsize>,
    script: Vec<Fetch>,
}

#[derive(Clone, Copy, Debug)]
enum Fetch {
    Lives(u64),
    Fails,
    Hangs,
}

struct Scene {
    provider: RefreshingProvider<Scripted>,
    clock: Arc<AtomicU64>,
    fetches: Arc<AtomicUsize>,
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn scene(script: &[Fetch]) -> Scene {
    let (clock, fetches) = (Arc::new(AtomicU64::new(0)), Arc::default());
    let source = Scripted { clock: Arc::clone(&clock), fetches: Arc::clone(&fetches), script: script.to_vec() };
    let now = Arc::clone(&clock);
    Scene { provider: RefreshingProvider::with_clock(source, move || at(now.load(Ordering::SeqCst))), clock, fetches }
}

impl Scene {
    /// The result of a call at this time, and the number of fetches once all tasks are idle.
    async fn at(&self, seconds: u64) -> (Result<String, String>, usize) {
        self.clock.store(seconds, Ordering::SeqCst);
        let found = self.provider.provide().await;
        let found = found.map(|key| key.access_key_id().to_owned()).map_err(|failure| failure.to_string());
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        (found, self.fetches.load(Ordering::SeqCst))
    }
}

impl CredentialsSource for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        let number = self.fetches.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            match self.script[number.min(self.script.len() - 1)] {
                Fetch::Lives(seconds) => {
                    let end = at(self.clock.load(Ordering::SeqCst) + seconds);
                    Ok(Credentials::new(format!("id-{number}"), "hush-secret").expiration(end))
                }
                Fetch::Fails => Err(CredentialsFailure::new("scripted", "none")),
                Fetch::Hangs => std::future::pending().await,
            }
        })
    }
}

/// Tokio's time is paused: waiting for a fetch that hangs would advance it.
#[tokio::test(start_paused = true)]
async fn no_call_waits_while_the_credentials_are_valid() {
    let began = tokio::time::Instant::now();
    let first = |fetches| (Ok("id-0".to_owned()), fetches);
    for (script, fetches) in [
        ([Fetch::Lives(1000), Fetch::Hangs], [2, 2, 2]),
        // The next attempt is 10 s after a failure.
        ([Fetch::Lives(1000), Fetch::Fails], [2, 2, 3]),
    ] {
        let scene = scene(&script);
        assert_eq!(scene.at(0).await, first(1));
        assert_eq!(scene.at(799).await, first(1), "four fifths of the lifetime");
        assert_eq!(scene.at(800).await, first(fetches[0]), "fetched in the background");
        assert_eq!(scene.at(801).await, first(fetches[1]));
        assert_eq!(scene.at(811).await, first(fetches[2]));
        assert_eq!(scene.at(989).await.0, first(0).0);
    }
    assert!(began.elapsed().is_zero(), "{:?}", began.elapsed());

    // Long-lived credentials are refreshed in their last 15 minutes.
    let day = scene(&[Fetch::Lives(86_400), Fetch::Hangs]);
    assert_eq!(day.at(0).await, first(1));
    assert_eq!(day.at(85_499).await, first(1));
    assert_eq!(day.at(85_500).await, first(2));

    let scene = scene(&[Fetch::Lives(1000), Fetch::Lives(1000)]);
    assert_eq!(scene.at(0).await, first(1));
    assert_eq!(scene.at(801).await, first(2));
    assert_eq!(scene.at(802).await, (Ok("id-1".to_owned()), 2), "the credentials fetched in the background are used");
}

/// Credentials may expire during a request, so their last seconds are avoided if possible.
#[tokio::test(start_paused = true)]
async fn nearly_expired_credentials_are_used_only_if_refreshing_fails() {
    let first = |fetches| (Ok("id-0".to_owned()), fetches);
    let scene1 = scene(&[Fetch::Lives(1000), Fetch::Lives(1000)]);
    assert_eq!(scene1.at(0).await, first(1));
    assert_eq!(scene1.at(990).await, (Ok("id-1".to_owned()), 2), "the last ten seconds begin");

    let scene2 = scene(&[Fetch::Lives(1000), Fetch::Fails]);
    assert_eq!(scene2.at(0).await, first(1));
    assert_eq!(scene2.at(995).await, first(2));
    assert_eq!(scene2.at(999).await, first(2), "no new attempt directly after a failure");
    assert_eq!(scene2.at(1000).await, (Err("scripted: none".to_owned()), 3));
}

#[tokio::test(start_paused = true)]
async fn calls_share_the_timeout_of_a_source_that_hangs() {
    let scene = Arc::new(scene(&[Fetch::Hangs]));
    let began = tokio::time::Instant::now();
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let scene = Arc::clone(&scene);
        calls.spawn(async move { scene.at(0).await.0 });
    }
    for found in calls.join_all().await {
        assert_eq!(found, Err("scripted: the source returned no credentials within 60 s".to_owned()));
    }
    assert_eq!((began.elapsed().as_secs(), scene.fetches.load(Ordering::SeqCst)), (60, 1));
}

/// A call with a short time limit must not end the fetch for the others.
#[tokio::test(start_paused = true)]
async fn a_call_that_times_out_does_not_cancel_the_fetch_for_others() {
    let scene = scene(&[Fetch::Hangs, Fetch::Lives(1000)]);
    let short = tokio::time::timeout(Duration::from_secs(1), scene.provider.provide());
    let long = scene.provider.provide();
    let (short, long) = tokio::join!(short, long);
    assert!(short.is_err());
    assert_eq!(long.unwrap_err().to_string(), "scripted: the source returned no credentials within 60 s");
    assert_eq!(scene.at(0).await, (Ok("id-1".to_owned()), 2), "the next call fetches again");
}

#[cfg(unix)]
#[tokio::test]
async fn an_external_process_is_killed_with_its_children_and_its_output_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let marker = folder.path().join("pid");
    let script = write(
        folder.path(),
        "endless.sh",
        &format!("sleep 1000 &\necho $! > {}\nexec yes hush-secret\n", marker.display()),
    );
    let profile = format!(r#"{{"profiles":[{{"name":"default","mode":"External","process_command":"sh {script}"}}]}}"#);
    let path = write(folder.path(), "config.json", &profile);
    let failure = shown(CliProfile::new(&path)).await.unwrap_err();
    assert_eq!(failure, "external process: `sh` printed more than 65536 bytes, which is too long for credentials");
    let child = std::fs::read_to_string(&marker).unwrap();
    // A killed process can remain as a zombie until its parent, now the first process, has waited for it.
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
    for _ in 0..1_000_000 {
        if state().is_empty() || state().contains(") Z ") {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the child of the process still runs: {}", state());
}

/// Thousands of chained profiles took seconds or overflowed the stack before there was a limit.
#[tokio::test]
async fn chains_of_profiles_have_a_maximum_length() {
    let folder = tempfile::tempdir().unwrap();
    let profile = |number: usize| {
        let next = number + 1;
        format!(r#"{{"name":"p{number}","mode":"ChainableRamRoleArn","source_profile":"p{next}","ram_role_arn":"r"}}"#)
    };
    let profiles: Vec<String> = (0..2000).map(profile).collect();
    let text = format!(r#"{{"current":"p0","profiles":[{}]}}"#, profiles.join(","));
    let path = write(folder.path(), "config.json", &text);
    let failure = shown(CliProfile::new(&path)).await.unwrap_err();
    let expected = "CLI profile: more than 16 profiles are chained with `source_profile`: p0 -> p1 -> ";
    assert!(failure.starts_with(expected), "{failure}");
}

#[tokio::test]
async fn slow_responses_are_cut_off_by_a_total_timeout() {
    // One byte at a time, each within the read timeout.
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    let server = Server::with_script([Action::Trickle(head.into(), b" ".into(), Duration::from_millis(200))]).await;
    let role = EcsRamRole::new().server(server.url()).role("reader");
    let failure = shown(RefreshingProvider::new(role)).await.unwrap_err();
    assert_eq!(failure, "ECS RAM role: 127.0.0.1 did not respond to /latest/api/token within 3 s");
}

request!(Ping, Operation::repeatable(&SERVICE, "Ping", Method::Get, Parameters::NONE));

/// Rejects two requests, and records the access key of each.
#[derive(Clone, Debug, Default)]
struct Gateway(Arc<Mutex<Vec<String>>>);

impl Transport for Gateway {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let authorization = request.headers().find(|(name, _)| *name == "authorization").map(|(_, value)| text(value));
        let mut calls = self.0.lock().unwrap();
        let caller = authorization.unwrap().split_once("Credential=").unwrap().1.split(',').next().unwrap().to_owned();
        calls.push(caller);
        let status = if calls.len() < 3 { 503 } else { 200 };
        Box::pin(ready(Ok(HttpResponse::new(status, "{}"))))
    }
}

#[tokio::test]
async fn each_attempt_asks_the_credentials_provider() {
    #[derive(Debug, Default)]
    struct Rotating(AtomicUsize);
    impl ProvideCredentials for Rotating {
        fn provide(&self) -> CredentialsFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(ready(Ok(Credentials::new(format!("id-{number}"), "hush-secret"))))
        }
    }
    let gateway = Gateway::default();
    let retries = RetryPolicy::new().max_delay(Duration::ZERO);
    let config =
        Config::new(Rotating::default()).endpoint("ecs.example.com").transport(gateway.clone()).retry_policy(retries);
    Client::new(&SERVICE, &config).unwrap().call(&Ping(Input::new())).await.unwrap();
    assert_eq!(*gateway.0.lock().unwrap(), ["id-0", "id-1", "id-2"]);
}

#[tokio::test]
async fn without_credentials_the_error_lists_the_sources_and_nothing_is_sent() {
    let gateway = Gateway::default();
    let nowhere = DefaultCredentials::from_variables([("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")]);
    let config = Config::new(nowhere).endpoint("ecs.example.com").transport(gateway.clone());
    let error = Client::new(&SERVICE, &config).unwrap().call(&Ping(Input::new())).await.unwrap_err();
    let Failure::Credentials(failure) = error.failure() else { panic!("{error:?}") };
    let places: Vec<&str> = failure.tried().iter().map(CredentialsFailure::provider).collect();
    assert_eq!(places, ["environment", "OIDC role", "CLI profile", "profile file", "ECS RAM role", "credentials URI"]);
    assert_eq!((error.attempts(), gateway.0.lock().unwrap().len()), (0, 0));
    assert!(
        error.to_string().starts_with("no credentials: default chain: no source has credentials: environment: "),
        "{error}"
    );
}

/// The output of an external process: a key, with a token and an expiration time.
#[cfg(unix)]
#[tokio::test]
async fn an_external_process_prints_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let key = r#""access_key_id":"my-id","access_key_secret":"hush-secret""#;
    let padded = |length: usize| {
        let text = format!(r#"{{"mode":"AK",{key}}}"#);
        format!("{text}{}", " ".repeat(length - text.len()))
    };
    for (printed, expected) in [
        (format!(r#"{{"mode":"AK",{key}}}"#), Ok("my-id")),
        (format!(r#"{{"mode":"AK",{key},"expiration":""}}"#), Ok("my-id")),
        (format!(r#"{{"mode":"AK",{key},"expiration":"{LATER}"}}"#), Ok("my-id")),
        (format!(r#"{{"mode":"StsToken",{key},"sts_token":"hush-token"}}"#), Ok("my-id")),
        (padded(65_536), Ok("my-id")),
        (padded(65_537), Err("`cat` printed more than 65536 bytes, which is too long for credentials")),
        (format!(r#"{{"mode":"StsToken",{key}}}"#), Err("`cat` printed no `sts_token`")),
        (format!(r#"{{{key}}}"#), Err("`cat` printed a `mode` other than `AK` or `StsToken`")),
        (
            r#"{"mode":"AK","access_key_id":"my-id"}"#.to_owned(),
            Err("`cat` printed no `access_key_id` or no `access_key_secret`"),
        ),
        (
            r#"{"mode":"AK","access_key_secret":"hush-secret"}"#.to_owned(),
            Err("`cat` printed no `access_key_id` or no `access_key_secret`"),
        ),
        (
            format!(r#"{{"mode":"AK",{key},"expiration":"soon"}}"#),
            Err("`cat` printed an `expiration` that is not an RFC 3339 time"),
        ),
        (
            format!(r#"{{"mode":"AK",{key},"expiration":"2001-01-01T00:00:00Z"}}"#),
            Err("the source returned expired credentials"),
        ),
    ] {
        let file = write(folder.path(), "printed", &printed);
        let profile = format!(r#"{{"name":"default","mode":"External","process_command":"cat '{file}'"}}"#);
        let path = write(folder.path(), "config.json", &format!(r#"{{"profiles":[{profile}]}}"#));
        let expected = expected.map(str::to_owned).map_err(|reason| format!("external process: {reason}"));
        assert_eq!(shown(CliProfile::new(path)).await, expected, "{}", printed.trim());
    }
}

/// The error names the source.
#[tokio::test]
async fn credentials_that_have_expired_are_not_used() {
    const EARLIER: &str = "2001-01-01T00:00:00Z";
    let folder = tempfile::tempdir().unwrap();
    let token = write(folder.path(), "token", "hush-oidc");
    let server = serve(|request| match request.split(' ').nth(1).unwrap() {
        "/latest/api/token" => (200, "T".to_owned()),
        "/cloud-credentials" => (200, format!(r#"{{"CloudCredential":{}}}"#, session_key("i", EARLIER))),
        "/" => (200, sts_response("i").replace(LATER, EARLIER)),
        _ => (200, session_key("i", EARLIER)),
    })
    .await;
    let sso = format!(
        r#"{{"name":"default","mode":"CloudSSO","cloud_sso_sign_in_url":"{}","cloud_sso_account_id":"a","cloud_sso_access_config":"c","access_token":"hush-token"}}"#,
        server.url()
    );
    let sso = write(folder.path(), "config.json", &format!(r#"{{"profiles":[{sso}]}}"#));
    let oidc = AssumeRoleWithOidc::new("r", "p", token).endpoint(server.url());
    for (name, found) in [
        ("CloudSSO", shown(CliProfile::new(sso)).await),
        ("OIDC role", shown(RefreshingProvider::new(oidc)).await),
        ("ECS RAM role", shown(RefreshingProvider::new(EcsRamRole::new().role("r").server(server.url()))).await),
        ("credentials URI", shown(RefreshingProvider::new(CredentialsUri::new(format!("{}/x", server.url())))).await),
    ] {
        assert_eq!(found.unwrap_err(), format!("{name}: the source returned expired credentials"));
    }
}

#[tokio::test]
async fn profiles_set_the_duration_of_a_session() {
    let server = serve(|_| (200, sts_response("STS.role"))).await;
    let folder = tempfile::tempdir().unwrap();
    for (setting, seconds) in [
        ("", 3600),
        (r#","expired_seconds":900"#, 900),
        (r#","expired_seconds":0"#, 3600),
        (r#","expired_seconds":-1"#, 3600),
    ] {
        let profile = format!(
            r#"{{"name":"default","mode":"RamRoleArn","access_key_id":"my-id","access_key_secret":"hush-secret","ram_role_arn":"r","sts_endpoint":"{}"{setting}}}"#,
            server.url()
        );
        let path = write(folder.path(), "config.json", &format!(r#"{{"profiles":[{profile}]}}"#));
        assert_eq!(shown(CliProfile::new(path)).await.unwrap(), "STS.role");
        let request = server.requests().pop().unwrap();
        assert!(request.contains(&format!("DurationSeconds={seconds}&")), "{request}");
    }
}

/// The environment can forbid running programs and calling URLs.
#[tokio::test]
async fn the_environment_selects_profiles_and_disables_sources() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = [
        r#"{"name":"default","access_key_id":"my-id","access_key_secret":"hush-secret"}"#,
        r#"{"name":"run","mode":"External","process_command":"echo"}"#,
        r#"{"name":"uri","mode":"CredentialsURI","credentials_uri":"nonsense"}"#,
    ];
    write(folder.path(), ".aliyun/config.json", &format!(r#"{{"profiles":[{}]}}"#, profiles.join(",")));
    let home = folder.path().to_str().unwrap();
    for (profile, forbidden, expected) in [
        ("", "true", Ok("my-id")),
        ("run", "false", Err("external process: `echo` did not print a valid JSON object")),
        ("run", "", Err("external process: `echo` did not print a valid JSON object")),
        ("run", "True", Err("runs a program, which `ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS` forbids")),
        ("uri", "false", Err("credentials URI: its URL is not valid")),
        ("uri", "true", Err("fetches a URL, which `ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS` forbids")),
    ] {
        let chain = DefaultCredentials::from_variables([
            ("HOME", home),
            ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"),
            ("ALIBABA_CLOUD_PROFILE", profile),
            ("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", forbidden),
        ]);
        match (shown(chain).await, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{profile} {forbidden}: {found}"),
            (found, _) => panic!("{profile} {forbidden}: {found:?}"),
        }
    }
}

/// A metadata server is on the same machine or network, so it responds at once or not at all.
#[tokio::test]
async fn the_metadata_server_has_a_read_timeout_of_one_second() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let source = EcsRamRole::new().server(format!("http://{}", listener.local_addr().unwrap()));
    let failure = shown(RefreshingProvider::new(source)).await.unwrap_err();
    assert!(failure.starts_with("ECS RAM role: no response in time from 127.0.0.1: "), "{failure}");
}

/// Reads the settings from the `Debug` output. Nothing is sent before the second poll of the provider.
#[tokio::test]
async fn sdk_profiles_contain_session_settings() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[default]\ntype = ram_role_arn\naccess_key_id = my-id\naccess_key_secret = hush-secret\nrole_arn = r\n\
                role_session_name = nightly\npolicy = {}\n";
    let profile = ProfileFile::new(write(folder.path(), "credentials.ini", text), "default");
    let mut providing = profile.provide();
    std::future::poll_fn(|cx| std::task::Poll::Ready(providing.as_mut().poll(cx).is_pending())).await;
    drop(providing);
    let shown = format!("{profile:?}");
    assert!(shown.contains(r#"session_name: Some("nightly")"#) && shown.contains(r#"policy: Some("{}")"#), "{shown}");
    assert!(!shown.contains("hush"), "{shown}");
}
