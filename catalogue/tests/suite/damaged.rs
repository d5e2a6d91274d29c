//! Damaged data is an error with the name of the file.

use alicloud_catalogue::{Catalogue, Data, Error, Packed};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sha2::{Digest as _, Sha256};

const PRODUCTS: &str = "demo\tDemo\t2030-01-01\t2\tdefault\n";
const OPERATIONS: &str = "rGetThing w!PutThing\n";
const HOSTS: &str = "demo.{region}.example\teu us\tcn=demo.example\t\t\t\n";
const PATHS: &str = "GET,HEAD /things/{Id}\t\n";
const ERRORS: &str = "Busy\t0 1\n";
const PARAMETERS: &str = "Id\t1\n";
const BLOCK: &str = "source: nobody\ndate: 2030-01\nservice.yaml 4\nGetThing.yaml 3\nPutThing.yaml 5\n\nservgetputit";

fn packed(path: &'static str, text: &[u8]) -> Packed {
    with_right_digest(path, compress_to_vec(text, CompressionLevel::Fastest))
}

fn with_right_digest(path: &'static str, bytes: Vec<u8>) -> Packed {
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Packed { path, digest: digest.leak(), bytes: bytes.leak() }
}

fn data(products: &str, operations: &str, errors: &str, block: Packed) -> Data {
    Data {
        products: packed("products", products.as_bytes()),
        operations: packed("operations", operations.as_bytes()),
        hosts: packed("hosts", HOSTS.as_bytes()),
        paths: packed("paths", PATHS.as_bytes()),
        errors: packed("errors", errors.as_bytes()),
        parameters: packed("parameters", PARAMETERS.as_bytes()),
        blocks: vec![block].leak(),
    }
}

fn block(text: &str) -> Packed {
    packed("demo/2030-01-01", text.as_bytes())
}

/// Reads everything.
fn read(data: Data) -> Result<(), Error> {
    let catalogue = Catalogue::read(data)?;
    let version = catalogue.find("demo")?.default_version();
    catalogue.operation(version, "GetThing")?;
    let hosts = catalogue.endpoints(version)?.public;
    assert_eq!((hosts.host.as_str(), hosts.regions.len()), ("demo.{region}.example", 2));
    let routes = catalogue.routes(version)?;
    assert_eq!(
        routes.iter().map(|route| (route.operation, route.path)).collect::<Vec<_>>(),
        [("GetThing", "/things/{Id}")]
    );
    assert!(routes.iter().all(|route| route.accepts("HEAD") && !route.accepts("POST")));
    catalogue.operations_with_error("Busy")?;
    assert_eq!(catalogue.operations_with_parameter("Id")?.first().map(|operation| operation.name), Some("PutThing"));
    let files = catalogue.spec_files(version)?;
    assert_eq!(files.operation("GetThing"), Some("get"));
    assert_eq!(files.file("service.yaml"), Some("serv"));
    Ok(())
}

fn assert_damaged(data: Data, file: &str, problem: &str) {
    let error = read(data).expect_err(problem);
    let Error::Damaged { file: named, problem: found } = &error else { panic!("{error}") };
    assert_eq!(named, file, "{error}");
    assert!(found.contains(problem), "{found} does not contain {problem}");
    assert_eq!(error.help(), "install the tool again");
}

#[test]
fn valid_data_is_read() {
    read(data(PRODUCTS, OPERATIONS, ERRORS, block(BLOCK))).unwrap();
}

#[test]
fn damaged_bytes_are_detected_by_their_digest() {
    let whole = block(BLOCK);
    for at in 0..whole.bytes.len() {
        let mut bytes = whole.bytes.to_vec();
        *bytes.get_mut(at).unwrap() ^= 0x10;
        let flipped = Packed { bytes: bytes.leak(), ..whole };
        assert_damaged(data(PRODUCTS, OPERATIONS, ERRORS, flipped), "demo/2030-01-01", "its digest is");
        let cut = Packed { bytes: whole.bytes.get(..at).unwrap(), ..whole };
        assert_damaged(data(PRODUCTS, OPERATIONS, ERRORS, cut), "demo/2030-01-01", "its digest is");
    }
}

/// A faulty program could pack such data.
#[test]
fn invalid_bytes_with_the_right_digest_are_detected() {
    let bytes = block(BLOCK).bytes;
    for at in 0..bytes.len() - 4 {
        let cut = with_right_digest("demo/2030-01-01", bytes.get(..at).unwrap().to_vec());
        let error = read(data(PRODUCTS, OPERATIONS, ERRORS, cut)).expect_err("it is truncated");
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
    }
    let not_utf8 = packed("demo/2030-01-01", b"source: \xff\n");
    assert_damaged(data(PRODUCTS, OPERATIONS, ERRORS, not_utf8), "demo/2030-01-01", "it is not UTF-8");
    let no_frame = with_right_digest("demo/2030-01-01", BLOCK.as_bytes().to_vec());
    assert_damaged(data(PRODUCTS, OPERATIONS, ERRORS, no_frame), "demo/2030-01-01", "cannot unpack it");
}

#[test]
fn malformed_texts_are_errors() {
    for (wrong, problem) in [
        ("", "it has no list of files"),
        ("date: 2030-01\n\n", "`source: ` is missing"),
        ("source: nobody\nservice.yaml 4\n\nserv", "`date: ` is missing"),
        ("source: nobody\ndate: 2030-01\nservice.yaml\n\nserv", "`service.yaml` is not a name and a length"),
        ("source: nobody\ndate: 2030-01\nservice.yaml -1\n\nserv", "is not a name and a length"),
        ("source: nobody\ndate: 2030-01\nservice.yaml 9\n\nserv", "`service.yaml` goes beyond the end"),
        ("source: nobody\ndate: 2030-01\nservice.yaml 18446744073709551615\n\nserv", "goes beyond the end"),
        ("source: nobody\ndate: 2030-01\nservice.yaml 1\n\n\u{e9}", "goes beyond the end"),
        ("source: nobody\ndate: 2030-01\nservice.yaml 3\n\nserv", "1 bytes belong to no file"),
    ] {
        assert_damaged(data(PRODUCTS, OPERATIONS, ERRORS, block(wrong)), "demo/2030-01-01", problem);
    }
    let other = packed("other/2030-01-01", BLOCK.as_bytes());
    assert_damaged(data(PRODUCTS, OPERATIONS, ERRORS, other), "demo/2030-01-01", "its block is missing");
    for (products, problem) in [
        ("demo\tDemo\n", "line 1 has 2 values, not 5"),
        ("demo\tDemo\t2030-01-01\tmany\tdefault\n", "line 1 has no number"),
        ("", "it lists 0 versions, and there are 1 blocks"),
    ] {
        assert_damaged(data(products, OPERATIONS, ERRORS, block(BLOCK)), "products", problem);
    }
    for errors in ["Busy\t\n", "Busy\tmany\n", "Busy\t0 9\n", "Busy\t18446744073709551615 1\n"] {
        let problem = "the operations of `Busy` are missing";
        assert_damaged(data(PRODUCTS, OPERATIONS, errors, block(BLOCK)), "errors", problem);
    }
    for hosts in ["", "host\n", "\t\tus\t\t\t\n"] {
        let damaged =
            Data { hosts: packed("hosts", hosts.as_bytes()), ..data(PRODUCTS, OPERATIONS, ERRORS, block(BLOCK)) };
        assert_damaged(damaged, "hosts", "the hosts of demo/2030-01-01 are missing");
    }
    for paths in ["\n", "GET /a\n", "GET\t\n", "\t\t\n"] {
        let damaged =
            Data { paths: packed("paths", paths.as_bytes()), ..data(PRODUCTS, OPERATIONS, ERRORS, block(BLOCK)) };
        assert_damaged(damaged, "paths", "the paths of demo/2030-01-01 are missing");
    }
    let no_operation = packed("parameters", b"Id\t2\n");
    let problem = "the operations of `Id` are missing";
    let parameters = Data { parameters: no_operation, ..data(PRODUCTS, OPERATIONS, ERRORS, block(BLOCK)) };
    assert_damaged(parameters, "parameters", problem);
    let huge = "demo\tDemo\t2030-01-01\t18446744073709551615\tdefault\n".repeat(2);
    assert_damaged(data(&huge, OPERATIONS, ERRORS, block(BLOCK)), "products", "line 2 has no number");
    let error = read(data(PRODUCTS, "", ERRORS, block(BLOCK))).expect_err("there are no operations");
    assert!(matches!(error, Error::UnknownOperation { .. }), "{error}");
}

#[test]
fn names_that_differ_only_in_case_must_be_exact() {
    let (products, operations) = ("demo\tDemo\t2030-01-01\t2\tdefault\n", "rGetThing rGetTHING\n");
    let catalogue = Catalogue::read(data(products, operations, ERRORS, block(BLOCK))).unwrap();
    let version = catalogue.find("demo").unwrap().default_version();
    assert_eq!(catalogue.operation(version, "GetTHING").unwrap().name, "GetTHING");
    let error = catalogue.operation(version, "getthing").unwrap_err();
    assert_eq!(error.to_string(), "`getthing` may be `GetThing` or `GetTHING`");
    assert_eq!(error.help(), "write the name exactly like one of them");
    let mut two = data("de-mo\tDe-mo\t1\t0\t\nde_mo\tde_mo\t1\t0\t\n", operations, ERRORS, block(BLOCK));
    two.blocks = vec![block(BLOCK), block(BLOCK)].leak();
    let catalogue = Catalogue::read(two).unwrap();
    assert_eq!(catalogue.find("de_mo").unwrap().name(), "de_mo");
    assert_eq!(catalogue.find("demo").unwrap_err().to_string(), "`demo` may be `De-mo` or `de_mo`");
}
