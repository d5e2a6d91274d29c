//! Valid specs load to exactly the model that they describe.

use std::fmt::Write as _;

use alicloud_model::{
    ApiStyle, Bounds, Effect, Field, FlowLimit, FlowScope, Length, LengthUnit, Limits, Loaded, Method, Operation,
    Parameter, Position, Ram, Range, Rule, Sample, Service, Style, Type, load_sources,
};

use crate::sources::source;

mod errors;
mod folders;
mod lists;
mod texts;

const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
summary: Demo uses every key of a spec.
endpoints:
  host: demo.{region}.aliyuncs.com
  regions: [cn-hangzhou, cn-beijing]
  exceptions: { cn-qingdao: demo.aliyuncs.com }
  vpc: { host: 'demo-vpc.{region}.aliyuncs.com', regions: [cn-beijing] }
outcome: { success: Success, code: Code, message: Message }
errors:
  - { status: 200, code: demo.Fault, message: A fault., doc: Try again. }
  - { status: 400, code: Thing.Bad, message: Said by the operation itself. }
";

const EVERYTHING: &str = r#"
operation: ListThings
summary: >-
  Lists
  things.
doc: |
  All of them.

  By pages.
methods: [GET, POST]
effect: readAndWrite
idempotent: true
deprecated: Use ListAllThings.
limits: { qps: 20, per: user }
ram: { action: "demo:ListThings", access: list, resource: "*" }
parameters:
  - { name: Name, type: String, length: { min: 2, max: 64 }, pattern: "^[a-z]+$", default: abc, values: [abc, def], example: "abc", doc: The name. }
  - { name: Serial, type: String, length: { max: 128, unit: bytes }, sensitive: true, deprecated: true }
  - { name: Alias, type: String, length: { min: 1, unit: characters }, deprecated: false }
  - { name: PageSize, type: Integer, range: { min: 1, max: 100 }, default: 10, values: [10, 20] }
  - { name: Since, type: Long, range: { min: -5 }, in: form }
  - { name: Rate, type: Float, range: { max: 0.5 } }
  - { name: Ratio, type: Double, range: { min: 1, max: 2.5 }, default: 1.50 }
  - { name: DryRun, type: Boolean, default: false }
  - { name: Anything, type: Any }
  - { name: Type, type: String }
  - { name: New, type: String }
  - { name: 2ndName, type: String }
  - { name: x-acs-trace, type: String, in: header, rust: trace }
  - { name: Plain, type: List<String>, count: { min: 1, max: 5 }, required: true }
  - { name: Repeated, type: List<Long>, style: repeatList, in: query }
  - { name: Flattened, type: Map<String>, style: flat }
  - { name: Document, type: Map<List<Integer>>, style: json, in: form }
  - { name: Commas, type: List<String>, style: simple }
  - { name: Spaces, type: List<String>, style: spaceDelimited }
  - { name: Pipes, type: List<Integer>, style: pipeDelimited }
  - name: Tag
    type: List<Object>
    fields:
      - { name: Key, type: String, required: true, length: { max: 8 } }
      - { name: Value, type: String, default: none }
      - name: Owner
        type: Object
        fields:
          - { name: Id, type: Long }
  - { name: Token, type: String }
rules:
  - any_of: [[Name], [Serial, Alias]]
  - together: [Since, Rate, Ratio]
response:
  - { name: Success, type: Boolean }
  - { name: Code, type: String, optional: true }
  - { name: Message, type: String, optional: true, sensitive: true }
  - { name: NextToken, type: String, optional: true }
  - name: Things
    type: Object
    fields:
      - name: Thing
        type: List<Object>
        fields:
          - { name: Id, type: String, example: t-1 }
          - { name: Matrix, type: List<List<Double>> }
          - { name: Labels, type: Map<Map<String>>, values: [] }
errors:
  - { status: 400, code: Thing.Bad, message: Bad thing. }
  - { status: 400, code: InvalidParameter.%s, message: Invalid., doc: Fix it. }
  - { status: 500, code: Thing.Bad, message: Bad thing. }
  - { status: 400, code: InvalidParameter, rust: AnyInvalidParameter, message: Invalid. }
pagination: { by: token, parameter: Token, next: NextToken, items: Things.Thing }
examples:
  - request:
      Name: abc
      Plain: [one, "2"]
      PageSize: 20
      Tag:
        - { Key: a, Value: b, Owner: { Id: 7 } }
      Flattened: { a: b }
    json: |
      {"Success": "true", "Things": {"Thing": [{"Id": "t-1", "Matrix": [[1, "2.5"]], "Labels": {"a": {"b": "c"}}}]}}
    xml: |
      <?xml version="1.0"?>
      <ListThingsResponse><Success>true</Success>
        <Things><Thing><Id>t-1</Id></Thing><Thing><Id>t-2</Id></Thing></Things></ListThingsResponse>
"#;

const BY_NUMBER: &str = "\
operation: ListByNumber
summary: Lists things.
methods: [POST]
effect: read
parameters:
  - { name: PageNumber, type: Integer }
  - { name: PageSize, type: Integer }
response:
  - { name: Success, type: Boolean }
  - { name: Code, type: String }
  - { name: Message, type: String }
  - { name: Page, type: Object, fields: [{ name: Total, type: Long }] }
  - { name: Items, type: List<String> }
pagination: { by: number, parameter: PageNumber, size: PageSize, total: Page.Total, items: Items }
";

fn demo(operations: &[(&str, &str)]) -> Loaded {
    let mut sources = vec![source("demo/2020-01-01/service.yaml", SERVICE)];
    sources.extend(operations.iter().map(|(name, text)| source(&format!("demo/2020-01-01/{name}.yaml"), text)));
    load_sources(&sources)
}

fn sound(loaded: Loaded) -> Service {
    let report: String = loaded.diagnostics.iter().fold(String::new(), |mut report, one| {
        writeln!(report, "{one}\n").unwrap();
        report
    });
    assert!(loaded.diagnostics.is_empty(), "{report}");
    loaded.services.into_iter().next().expect("one product")
}

fn everything() -> Operation {
    sound(demo(&[("ListThings", EVERYTHING)])).operations.remove(0)
}

fn parameter<'o>(operation: &'o Operation, name: &str) -> &'o Parameter {
    operation.parameter(name).unwrap_or_else(|| panic!("no parameter {name}"))
}

fn limits(operation: &Operation, name: &str) -> Limits {
    parameter(operation, name).field.limits.clone()
}

#[test]
fn a_service_is_read() {
    let service = sound(demo(&[]));
    assert_eq!((service.product.as_str(), service.version.as_str()), ("Demo", "2020-01-01"));
    assert_eq!((service.module.as_str(), service.summary.as_str()), ("demo", "Demo uses every key of a spec."));
    assert_eq!(service.endpoints.public.host, "demo.{region}.aliyuncs.com");
    assert_eq!(service.endpoints.public.regions, ["cn-hangzhou", "cn-beijing"]);
    assert_eq!(service.endpoints.public.exceptions, [("cn-qingdao".to_owned(), "demo.aliyuncs.com".to_owned())]);
    let vpc = &service.endpoints.vpc;
    assert_eq!(
        (vpc.host.as_str(), vpc.regions.as_slice()),
        ("demo-vpc.{region}.aliyuncs.com", &["cn-beijing".to_owned()][..])
    );
    let outcome = service.outcome.expect("an outcome");
    assert_eq!(outcome.paths().collect::<Vec<_>>(), ["Success", "Code", "Message"]);
    let rows: Vec<(u16, &str)> = service.errors.iter().map(|row| (row.status, row.code.as_str())).collect();
    assert_eq!(rows, [(200, "demo.Fault"), (400, "Thing.Bad")]);
}

#[test]
fn the_description_of_an_operation_is_read() {
    let operation = everything();
    assert_eq!((operation.name.as_str(), operation.method_name.as_str()), ("ListThings", "list_things"));
    assert_eq!((operation.summary.as_str(), operation.doc.as_str()), ("Lists things.", "All of them.\n\nBy pages."));
    assert_eq!(operation.methods, [Method::Get, Method::Post]);
    assert_eq!(operation.preferred_method(), Method::Post, "even if it is second");
    assert_eq!((operation.effect, operation.idempotent), (Effect::ReadAndWrite, true));
    assert_eq!(operation.deprecated.as_deref(), Some("Use ListAllThings."));
    assert_eq!(operation.flow, Some(FlowLimit { qps: 20, per: FlowScope::User }));
    let ram = Ram { action: "demo:ListThings".into(), access: Some("list".into()), resource: Some("*".into()) };
    assert_eq!(operation.ram, Some(ram));
    assert_eq!(operation.path, "/");
}

#[test]
fn the_ram_action_is_that_of_the_spec_or_of_the_product() {
    let action = |service: &str, operation: &str| {
        let head = "product: Demo\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: demo.aliyuncs.com }\n";
        let operation = format!("operation: Do\nsummary: Does.\nmethods: [GET]\n{operation}");
        let service = sound(load_sources(&[
            source("demo/2020-01-01/service.yaml", &format!("{head}{service}")),
            source("demo/2020-01-01/Do.yaml", &operation),
        ]));
        service.ram_action(&service.operations[0]).map(|known| (known.action, known.is_inferred))
    };
    assert_eq!(action("", ""), None);
    assert_eq!(action("", "ram: { action: demo:Other }\n"), Some(("demo:Other".to_owned(), false)));
    assert_eq!(action("ram_code: code-1\n", ""), Some(("code-1:Do".to_owned(), true)));
    assert_eq!(action("ram_code: code-1\n", "ram: { action: o:P }\n"), Some(("o:P".to_owned(), false)));
}

#[test]
fn a_url_can_be_presigned_for_rpc_reads_that_accept_get() {
    let table = [
        ("methods: [GET, POST]\neffect: read\n", true),
        ("methods: [POST]\neffect: read\n", false),
        ("methods: [GET]\neffect: write\n", false),
        ("methods: [GET]\neffect: read\nstyle: ROA\npath: /do\n", false),
    ];
    for (keys, expected) in table {
        let service = sound(demo(&[("Do", &format!("operation: Do\nsummary: Does.\noutcome: none\n{keys}"))]));
        assert_eq!(service.operations[0].is_presignable(), expected, "{keys}");
    }
}

#[test]
fn missing_keys_have_their_defaults() {
    let text = "operation: Do\nsummary: Does.\nmethods: [GET]\nlimits: { qps: 1 }\nram: { action: a }\nparameters:\n  - { name: A, type: String }\nresponse:\n  - { name: Success, type: Boolean }\n  - { name: Code, type: String }\n  - { name: Message, type: String }\n";
    let operation = sound(demo(&[("Do", text)])).operations.remove(0);
    assert_eq!((operation.effect, operation.idempotent), (Effect::Write, false), "the safe choice");
    assert_eq!(operation.flow, Some(FlowLimit { qps: 1, per: FlowScope::Account }));
    assert_eq!(operation.ram, Some(Ram { action: "a".into(), access: None, resource: None }));
    assert_eq!((&operation.deprecated, &operation.pagination), (&None, &None));
    assert_eq!(operation.preferred_method(), Method::Get);
    let plain = Field {
        name: "A".into(),
        rust_name: "a".into(),
        ty: Type::String,
        required: false,
        optional: false,
        doc: String::new(),
        example: None,
        values: Vec::new(),
        limits: Limits::default(),
        default: None,
        deprecated: None,
        sensitive: false,
    };
    let expected = Parameter { field: plain, position: Position::Query, style: Style::RepeatList };
    assert_eq!(operation.parameters, [expected]);
}

#[test]
fn every_type_is_read() {
    let operation = everything();
    let spelt: Vec<(&str, String)> = operation
        .parameters
        .iter()
        .map(|parameter| (parameter.field.name.as_str(), parameter.field.ty.spelling()))
        .filter(|(_, spelling)| spelling != "String")
        .collect();
    let expected = [
        ("PageSize", "Integer"),
        ("Since", "Long"),
        ("Rate", "Float"),
        ("Ratio", "Double"),
        ("DryRun", "Boolean"),
        ("Anything", "Any"),
        ("Plain", "List<String>"),
        ("Repeated", "List<Long>"),
        ("Flattened", "Map<String>"),
        ("Document", "Map<List<Integer>>"),
        ("Commas", "List<String>"),
        ("Spaces", "List<String>"),
        ("Pipes", "List<Integer>"),
        ("Tag", "List<Object>"),
    ];
    assert_eq!(spelt, expected.map(|(name, spelling)| (name, spelling.to_owned())));
    let Type::List(item) = &parameter(&operation, "Tag").field.ty else { panic!("expected a list") };
    let Type::Object(tag) = item.as_ref() else { panic!("expected an object") };
    assert_eq!(tag.rust_name, "ListThingsRequestTag");
    let members: Vec<(&str, bool, Option<&str>)> =
        tag.fields.iter().map(|field| (field.name.as_str(), field.required, field.default.as_deref())).collect();
    assert_eq!(members, [("Key", true, None), ("Value", false, Some("none")), ("Owner", false, None)]);
    let Type::Object(owner) = &tag.fields[2].ty else { panic!("expected an object") };
    assert_eq!((owner.rust_name.as_str(), owner.fields[0].name.as_str()), ("ListThingsRequestTagOwner", "Id"));
    let Type::Object(things) = &operation.response[4].ty else { panic!("expected an object") };
    let Type::List(item) = &things.fields[0].ty else { panic!("expected a list") };
    let Type::Object(thing) = item.as_ref() else { panic!("expected an object") };
    assert_eq!(thing.rust_name, "ListThingsResponseThing");
    let types: Vec<String> = thing.fields.iter().map(|field| field.ty.spelling()).collect();
    assert_eq!(types, ["String", "List<List<Double>>", "Map<Map<String>>"]);
}

#[test]
fn every_position_and_style_is_read() {
    let operation = everything();
    let expected = [
        ("Name", Position::Query, Style::RepeatList),
        ("Since", Position::Form, Style::RepeatList),
        ("x-acs-trace", Position::Header, Style::RepeatList),
        ("Repeated", Position::Query, Style::RepeatList),
        ("Flattened", Position::Query, Style::Flat),
        ("Document", Position::Form, Style::Json),
        ("Commas", Position::Query, Style::Simple),
        ("Spaces", Position::Query, Style::SpaceDelimited),
        ("Pipes", Position::Query, Style::PipeDelimited),
    ];
    for (name, position, style) in expected {
        let found = parameter(&operation, name);
        assert_eq!((found.position, found.style), (position, style), "{name}");
    }
}

const CLUSTERS: &str = "\
product: Cluster
version: 2015-12-15
style: ROA
module: cluster_old
gateway: SLS
ram_code: yundun-cs
";

const CLUSTER_TYPES: &str = "\
types:
  - name: node_pool
    doc: Nodes that are alike.
    fields:
      - { name: new, type: String, required: true, length: { max: 8 } }
      - { name: parent, type: node_pool, optional: true }
      - { name: labels, type: Map<Label> }
  - name: Label
    fields: [{ name: Key, type: Bytes }]
";

const PUT_CLUSTER: &str = "\
operation: PutCluster
summary: Puts a cluster.
methods: [PUT, PATCH]
path: /clusters/{ClusterId}/pools
parameters:
  - { name: ClusterId, type: String, in: path }
  - { name: Action, type: String }
  - { name: bucket, type: String, in: host }
  - { name: x-meta-*, type: Map<String>, in: header }
  - { name: x-pool, type: node_pool, in: header, style: json }
  - { name: body, type: node_pool, in: body }
response:
  - { name: x-parts, type: Integer, in: header }
  - { name: Pools, type: List<node_pool> }
";

const GET_FILE: &str = "\
operation: GetFile
summary: Gets a file.
methods: [POST]
style: ROA
path: /file
form_as: json
parameters:
  - { name: A, type: Long, in: form }
response: { type: Binary }
";

#[test]
fn roa_operations_and_shared_types_are_read() {
    let loaded = load_sources(&[
        source("cluster/2015-12-15/service.yaml", CLUSTERS),
        source("cluster/2015-12-15/types.yaml", CLUSTER_TYPES),
        source("cluster/2015-12-15/PutCluster.yaml", PUT_CLUSTER),
        source("cluster/2015-12-15/GetFile.yaml", GET_FILE),
    ]);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let service = &loaded.services[0];
    assert_eq!((service.feature.as_str(), service.module.as_str()), ("cluster", "cluster_old"));
    assert_eq!((service.gateway.as_deref(), service.endpoints.public.host.as_str()), (Some("SLS"), ""));
    assert_eq!(service.ram_code.as_deref(), Some("yundun-cs"));
    let inferred = service.ram_action(service.operation("PutCluster").unwrap()).unwrap();
    assert_eq!((inferred.action.as_str(), inferred.is_inferred), ("yundun-cs:PutCluster", true));

    let put = service.operation("PutCluster").unwrap();
    assert_eq!((put.style, put.path.as_str()), (ApiStyle::Roa, "/clusters/{ClusterId}/pools"));
    assert_eq!((put.preferred_method(), put.form_as_json), (Method::Put, false));
    let found: Vec<_> =
        put.parameters.iter().map(|one| (one.field.name.as_str(), one.position, one.field.required)).collect();
    assert_eq!(
        found,
        [
            ("ClusterId", Position::Path, true),
            ("Action", Position::Query, false),
            ("bucket", Position::Host, true),
            ("x-meta-*", Position::Header, false),
            ("x-pool", Position::Header, false),
            ("body", Position::Body, false),
        ]
    );
    assert_eq!((put.response_headers[0].name.as_str(), put.response[0].name.as_str()), ("x-parts", "Pools"));

    let pool = service.types.iter().next().unwrap();
    assert_eq!((pool.name.name.as_str(), pool.name.rust_name.as_str()), ("node_pool", "NodePool"));
    let names = |fields: &[Field]| fields.iter().map(|field| field.rust_name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&pool.fields), ["new", "parent", "labels"], "the names of response fields");
    assert_eq!(names(&pool.members), ["new_", "parent", "labels"], "the names of request setters");
    assert_eq!(pool.fields[1].ty, Type::Shared(pool.name.clone()), "a type may contain itself");
    assert_eq!(service.types.fields_of(&put.parameters[5].field.ty), Some(pool.fields.as_slice()));

    let get = service.operation("GetFile").unwrap();
    assert_eq!((get.form_as_json, &get.response_body), (true, &Some(Type::Binary)));
}

#[test]
fn every_limit_is_read() {
    let operation = everything();
    let length = |min, max, unit| Some(Length { bounds: Bounds { min, max }, unit });
    let name = limits(&operation, "Name");
    assert_eq!(name.length, length(Some(2), Some(64), LengthUnit::Characters), "the unit defaults to characters");
    assert_eq!(name.pattern.as_deref(), Some("^[a-z]+$"));
    assert_eq!(limits(&operation, "Serial").length, length(None, Some(128), LengthUnit::Bytes));
    assert_eq!(limits(&operation, "Alias").length, length(Some(1), None, LengthUnit::Characters));
    assert_eq!(limits(&operation, "PageSize").range, Some(Range::Integer { min: Some(1), max: Some(100) }));
    assert_eq!(limits(&operation, "Since").range, Some(Range::Integer { min: Some(-5), max: None }));
    assert_eq!(limits(&operation, "Rate").range, Some(Range::Float { min: None, max: Some(0.5) }));
    assert_eq!(limits(&operation, "Ratio").range, Some(Range::Float { min: Some(1.0), max: Some(2.5) }));
    assert_eq!(limits(&operation, "Plain").count, Some(Bounds { min: Some(1), max: Some(5) }));
    assert_eq!(limits(&operation, "Type"), Limits::default());
}

#[test]
fn defaults_values_and_flags_are_read() {
    let operation = everything();
    let field = |name: &str| &parameter(&operation, name).field;
    assert_eq!(field("Name").default.as_deref(), Some("abc"));
    assert_eq!(field("Name").values, ["abc", "def"]);
    assert_eq!((field("Name").example.as_deref(), field("Name").doc.as_str()), (Some("abc"), "The name."));
    assert_eq!(field("PageSize").values, ["10", "20"]);
    assert_eq!(field("Ratio").default.as_deref(), Some("1.50"), "as written");
    assert_eq!(field("DryRun").default.as_deref(), Some("false"));
    assert!(field("Serial").sensitive && !field("Name").sensitive);
    assert_eq!(field("Serial").deprecated.as_deref(), Some(""), "deprecated, without a replacement");
    assert_eq!(field("Alias").deprecated, None);
    assert!(field("Plain").required && !field("Name").required);
    let optional: Vec<&str> =
        operation.response.iter().filter(|field| field.optional).map(|field| field.name.as_str()).collect();
    assert_eq!(optional, ["Code", "Message", "NextToken"]);
    assert!(operation.response[2].sensitive);
}

/// Wire names stay unchanged. Rust names are identifiers that hide nothing.
#[test]
fn names_become_rust_names() {
    let operation = everything();
    let expected = [
        ("PageSize", "page_size"),
        ("Type", "r#type"),
        ("New", "new_"),
        ("2ndName", "_2nd_name"),
        ("x-acs-trace", "trace"),
    ];
    for (name, rust) in expected {
        assert_eq!(parameter(&operation, name).field.rust_name, rust, "{name}");
    }
}

#[test]
fn rules_are_read_in_order() {
    let operation = everything();
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let any_of = Rule::AnyOf(vec![owned(&["Name"]), owned(&["Serial", "Alias"])]);
    assert_eq!(operation.rules, [any_of, Rule::Together(owned(&["Since", "Rate", "Ratio"]))]);
}

#[test]
fn examples_are_read() {
    let operation = everything();
    let example = &operation.examples[0];
    let text = |text: &str| Sample::Text(text.to_owned());
    let owner = Sample::Object(vec![("Id".into(), text("7"))]);
    let tag = Sample::Object(vec![("Key".into(), text("a")), ("Value".into(), text("b")), ("Owner".into(), owner)]);
    let expected = [
        ("Name", text("abc")),
        ("Plain", Sample::List(vec![text("one"), text("2")])),
        ("PageSize", text("20")),
        ("Tag", Sample::List(vec![tag])),
        ("Flattened", Sample::Object(vec![("a".into(), text("b"))])),
    ];
    assert_eq!(example.request, expected.map(|(name, sample)| (name.to_owned(), sample)));
    assert!(example.json.as_deref().is_some_and(|json| json.starts_with("{\"Success\"")));
    assert!(example.xml.as_deref().is_some_and(|xml| xml.ends_with("</ListThingsResponse>\n")));
}

/// The last value that a rule allows.
#[test]
fn limits_of_the_format_are_allowed_values() {
    let deepest = format!("{}String{}", "List<Map<".repeat(4), ">>".repeat(4));
    let text = format!(
        "operation: Do\nsummary: Does.\nmethods: [GET]\noutcome: none\nparameters:\n  - {{ name: A, type: List<String>, count: {{ min: 3, \
         max: 3 }} }}\n  - {{ name: B, type: String, length: {{ min: 3, max: 3 }} }}\n  - {{ name: C, type: {deepest} }}\n  - {{ name: \
         Page, type: Long }}\nresponse:\n  - {{ name: Items, type: List<String> }}\npagination: {{ by: number, first: 1, parameter: Page, \
         items: Items }}\n"
    );
    let operation = sound(demo(&[("Do", &text)])).operations.remove(0);
    assert_eq!(parameter(&operation, "C").field.ty.spelling(), deepest);
    assert_eq!(limits(&operation, "A").count, Some(Bounds { min: Some(3), max: Some(3) }));
}

#[test]
fn samples_may_have_nulls_empty_elements_and_bodies_of_any_kind() {
    let fields = "operation: Do\nsummary: Does.\nmethods: [GET]\noutcome: none\nresponse:\n  - { name: Size, type: Integer }\n  - { \
                  name: Any, type: Any }\n  - { name: Lists, type: List<List<Long>> }\n  - { name: Map, type: Map<Long> }\nexamples:\n  - request: {}\n    \
                  json: '{\"Size\":null,\"Any\":[1],\"Lists\":[[1]],\"Map\":{\"a\":1}}'\n    xml: '<DoResponse><Size/><Any><a>1</a></Any><Lists><x>1</x></Lists><Map><a>1</a></Map></DoResponse>'\n";
    sound(demo(&[("Do", fields)]));
    for (ty, sample) in [("List<Long>", "[1, 2]"), ("Map<Long>", "{\"a\":1}"), ("Long", "7"), ("String", "no JSON")] {
        let text = format!(
            "operation: Do\nsummary: Does.\nmethods: [GET]\noutcome: none\nresponse: {{ type: {ty} }}\nexamples:\n  - request: {{}}\n    json: '{sample}'\n"
        );
        sound(demo(&[("Do", &text)]));
    }
}
