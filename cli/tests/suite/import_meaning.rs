//! Inferred properties of operations: effects, outcomes, pagination, secrets and retries; and the conversion of prose.

use serde_json::{Value as Json, json};
use serde_yaml::Value;

use crate::imported::{document, file, import, reasons, rpc, yaml};

#[test]
fn gateway_and_outcome_are_imported() {
    let operation = |names: &[&str]| {
        let properties: serde_json::Map<String, Json> = names
            .iter()
            .map(|name| ((*name).to_owned(), json!({ "type": if *name == "Success" { "boolean" } else { "string" } })))
            .collect();
        json!({ "responses": { "200": { "schema": { "type": "object", "properties": properties } } } })
    };
    let all = ["Success", "Code", "ErrorMessage"];
    let converted = import(&document("SLS", json!({ "One": operation(&all), "Two": operation(&all) })));
    let service = file(&converted, "service.yaml");
    assert_eq!(service["outcome"], yaml("{success: Success, code: Code, message: ErrorMessage}"));
    assert_eq!(service["gateway"], "SLS");
    let converted = import(&document("V3", json!({ "One": { "path": "/a" } })));
    let service = file(&converted, "service.yaml");
    assert!(service.get("gateway").is_none());
    assert_eq!(service["style"], "ROA");
    // Half of the operations are not most of them.
    let converted = import(&document("V3", json!({ "One": { "path": "/a" }, "Two": {} })));
    assert_eq!(file(&converted, "service.yaml")["style"], "RPC");
}

#[test]
fn pagination_is_inferred_from_the_names_of_parameters_and_fields() {
    let number = json!({ "type": "integer", "format": "int32" });
    let text = json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    let object = |properties: Json| json!({ "type": "object", "properties": properties });
    let list = json!({ "type": "array", "items": text });
    let objects = json!({ "type": "array", "items": object(json!({ "Id": text })) });
    let from_zero = json!({ "type": "integer", "default": 0, "example": "0" });
    let contradicting = json!({ "type": "integer", "default": 0, "example": "3" });
    let parameters = |names: &[(&str, &Json)]| -> Json {
        names.iter().map(|(name, schema)| json!({ "name": name, "in": "query", "schema": schema })).collect()
    };
    let numbered = || parameters(&[("PageNumber", &number), ("PageSize", &number)]);
    let table = [
        (
            parameters(&[("NextToken", &text)]),
            json!({ "NextToken": text, "Items": list }),
            "{by: token, parameter: NextToken, next: NextToken, items: Items}",
        ),
        (
            parameters(&[("Marker", &text), ("MaxItems", &number)]),
            json!({ "IsTruncated": flag, "Marker": text, "Users": object(json!({ "User": objects })) }),
            "{by: token, parameter: Marker, next: Marker, size: MaxItems, more: IsTruncated, items: Users.User}",
        ),
        (
            numbered(),
            json!({ "TotalCount": number, "Disks": object(json!({ "Disk": list })) }),
            "{by: number, parameter: PageNumber, size: PageSize, total: TotalCount, items: Disks.Disk}",
        ),
        (
            parameters(&[("page_no", &text), ("page_size", &text)]),
            json!({ "data": object(json!({ "total_num": text, "list": objects, "tags": list })) }),
            "{by: number, parameter: page_no, size: page_size, total: data.total_num, items: data.list}",
        ),
        (
            parameters(&[("offset", &number), ("limit", &number)]),
            json!({ "result": object(json!({ "hasMore": flag, "total": number, "items": list })) }),
            "{by: offset, parameter: offset, size: limit, total: result.total, more: result.hasMore, items: result.items}",
        ),
        (
            parameters(&[
                ("PageNumber", &number),
                ("PageSize", &number),
                ("NextToken", &text),
                ("MaxResults", &number),
            ]),
            json!({ "TotalCount": number, "NextToken": text, "Things": objects }),
            "{by: number, parameter: PageNumber, size: PageSize, total: TotalCount, items: Things, \
             token: {parameter: NextToken, next: NextToken, size: MaxResults}}",
        ),
        // Without a documented total, the last page is short.
        (numbered(), json!({ "A": list }), "{by: number, parameter: PageNumber, size: PageSize, items: A}"),
        // The first page is 0 if default and example agree on it.
        (
            parameters(&[("Page", &from_zero), ("PageSize", &number)]),
            json!({ "A": list }),
            "{by: number, first: 0, parameter: Page, size: PageSize, items: A}",
        ),
        (parameters(&[("Page", &contradicting), ("PageSize", &number)]), json!({ "A": list }), "null"),
        // Of several lists, the one of objects, or the one that the operation is named after.
        (
            numbered(),
            json!({ "Codes": list, "Users": objects }),
            "{by: number, parameter: PageNumber, size: PageSize, items: Users}",
        ),
        (
            numbered(),
            json!({ "Groups": objects, "Things": objects }),
            "{by: number, parameter: PageNumber, size: PageSize, items: Things}",
        ),
        (numbered(), json!({ "TotalCount": number, "First": list, "Second": list }), "null"),
        // A name of three letters may be part of the operation's name by chance.
        (numbered(), json!({ "Thi": objects, "Groups": objects }), "null"),
        (parameters(&[("NextToken", &text)]), json!({ "Items": list }), "null"),
        // An offset without a limit may be a position in anything.
        (parameters(&[("Offset", &number)]), json!({ "Items": list }), "null"),
    ];
    for (parameters, properties, expected) in table {
        let responses = json!({ "200": { "schema": { "type": "object", "properties": properties } } });
        let apis = |name: &str| {
            let operation = json!({ "methods": ["post"], "parameters": parameters, "responses": responses });
            document("RPC", json!({ name: operation }))
        };
        let pagination = |name: &str| {
            let converted = import(&apis(name));
            file(&converted, &format!("{name}.yaml")).get("pagination").cloned().unwrap_or(Value::Null)
        };
        assert_eq!(pagination("ListThings"), yaml(expected), "{properties}");
        // A write is not called once for each page.
        assert_eq!(pagination("DeleteThings"), Value::Null, "{properties}");
    }
}

/// Documents have Markdown with HTML in it, links to pages by number, and RAM actions in three shapes.
#[test]
fn prose_and_permissions_are_imported() {
    let table = [
        ("Gets **it**.\n\n- a\n- b", "Gets **it**.\n\n- a\n- b"),
        ("See [Topics](~~42420~~).", "See [Topics](https://help.aliyun.com/document_detail/42420.html)."),
        ("<p>Gets <b>it</b>.</p>", "Gets **it**."),
        ("Gets it.<br>Then <a href=\"https://example.com\">more</a>.", "Gets it.\nThen [more](https://example.com)."),
        ("Sent to /<ProductKey>/`<DeviceName>`.", "Sent to /\\<ProductKey>/`<DeviceName>`."),
        ("At least 1 < 2, and a<b.", "At least 1 < 2, and a\\<b."),
        ("a\u{202e}b\r\n\r\n\r\nc", "ab\n\nc"),
        (" \n ", ""),
    ];
    for (stated, expected) in table {
        let text = json!({ "type": "string", "description": stated });
        let mut document = rpc(
            json!([{ "name": "Id", "schema": text }, { "name": "Beside", "description": stated, "schema": { "type": "string" } }]),
            json!({ "type": "object", "properties": { "A": text } }),
        );
        document["apis"]["Op"]["description"] = json!(stated);
        document["apis"]["Op"]["summary"] = json!("Gets <b>it</b>.\nAll.");
        let operation = file(&import(&document), "Op.yaml");
        let docs = [
            operation.get("doc"),
            operation["parameters"][0].get("doc"),
            operation["parameters"][1].get("doc"),
            operation["response"][0].get("doc"),
        ];
        for doc in docs {
            assert_eq!(doc.and_then(Value::as_str).unwrap_or_default().trim_end(), expected, "{stated}");
        }
        assert_eq!(operation["summary"], "Gets **it**. All.");
    }
    for (key, value) in [
        ("ramActions", json!([{ "ramAction": { "action": "demo:Op" } }])),
        ("ramActions", json!([{ "action": "demo:Op" }])),
        ("systemTags", json!({ "ramAction": { "action": "demo:Op" } })),
    ] {
        let mut document = rpc(json!([]), Json::Null);
        document["apis"]["Op"][key] = value;
        assert_eq!(file(&import(&document), "Op.yaml")["ram"], yaml("{action: 'demo:Op'}"));
    }
}

/// Codes that the official Terraform provider retries, by name and by path, without states that it waits for.
#[test]
fn codes_of_busy_services_are_retried() {
    let operation = json!({ "methods": ["post"], "parameters": [] });
    let at_path = |path: &str| {
        let parameter = json!({ "name": "Id", "in": "path", "schema": { "type": "string" } });
        json!({ "methods": ["put"], "path": path, "parameters": if path.contains('{') { json!([parameter]) } else { json!([]) } })
    };
    let table = [
        ("Cbn", "2017-09-12", "CreateCen", operation.clone(), "[Operation.Blocking]"),
        ("Vpc", "2016-04-28", "AllocateEipSegmentAddress", operation.clone(), "[OperationFailed.LastTokenProcessing]"),
        // `SystemBusy` is retried for every product, and the other codes are states to wait for.
        ("Vpc", "2016-04-28", "DeleteVSwitch", operation.clone(), "null"),
        ("APIG", "2024-03-27", "UpdateService", at_path("/v1/services/{Id}"), "[Conflict.LockFailed]"),
        ("APIG", "2024-03-27", "UpdateOther", at_path("/v1/others/{Id}"), "null"),
        ("Unknown", "2016-04-28", "DeleteVSwitch", operation, "null"),
    ];
    for (product, version, name, operation, expected) in table {
        let mut document = document("RPC", json!({ name: operation }));
        document["info"] = json!({ "style": "RPC", "product": product, "version": version });
        let converted = import(&document);
        let retry = file(&converted, &format!("{name}.yaml")).get("retry").cloned().unwrap_or(Value::Null);
        assert_eq!(retry, yaml(expected), "{product} {name}");
    }
}

/// A name, the properties in the document, and the inferred effect.
#[test]
fn an_operation_is_a_read_only_if_its_name_implies_it_and_no_tag_contradicts() {
    let table = [
        ("DescribeInstances", "", "", "read", ""),
        ("ListTags", "read", "list", "read", ""),
        ("GetThing", "readAndWrite", "get", "read", ""),
        ("getThing", "", "", "read", ""),
        ("BatchGetThings", "", "", "read", ""),
        ("CheckQuota", "read", "none", "read", ""),
        ("GetThing", "write", "get", "write", "effect"),
        ("GetThing", "readAndWrite", "", "readAndWrite", "effect"),
        ("GetConnectionTicket", "", "create", "write", "effect"),
        ("GetOrCreateCode", "", "", "", ""),
        ("CheckSmsVerifyCode", "read", "", "", "effect"),
        ("Gettysburg", "", "", "", ""),
        ("SendSms", "read", "", "write", "effect"),
        ("AssumeRole", "", "get", "", "effect"),
        ("RecognizeFace", "read", "", "", "effect"),
        ("CreateThing", "read", "create", "write", ""),
        ("Frobnicate", "", "update", "write", ""),
        ("Frobnicate", "readAndWrite", "", "readAndWrite", ""),
        ("Frobnicate", "write", "", "write", ""),
        ("Frobnicate", "", "", "", ""),
        ("BatchSendMail", "", "", "", ""),
    ];
    for (name, stated, tag, effect, reason) in table {
        let operation = json!({ "methods": ["post"], "operationType": stated, "systemTags": { "operationType": tag } });
        let converted = import(&document("RPC", json!({ name: operation })));
        let found = file(&converted, &format!("{name}.yaml"));
        assert_eq!(found.get("effect").and_then(Value::as_str).unwrap_or_default(), effect, "{name} {stated} {tag}");
        assert_eq!(reasons(&converted).join(" "), reason, "{name} {stated} {tag}");
    }
}

/// An operation whose response has these fields, each with the example of its documentation.
fn returning(fields: &[(&str, &str, &str)]) -> Json {
    let property =
        |(name, ty, example): &(&str, &str, &str)| ((*name).to_owned(), json!({ "type": ty, "example": example }));
    let properties: serde_json::Map<String, Json> = fields.iter().map(property).collect();
    json!({ "methods": ["post"], "responses": { "200": { "schema": { "type": "object", "properties": properties } } } })
}

#[test]
fn the_outcome_is_read_from_fields_examples_and_samples() {
    let code = |example: &'static str| returning(&[("Code", "string", example), ("Message", "string", "")]);
    let table = [
        (returning(&[("Success", "boolean", "true")]), Some("{success: Success}"), ""),
        (returning(&[("IsSuccess", "boolean", "")]), Some("{success: IsSuccess}"), ""),
        (returning(&[("success", "string", "true")]), Some("{success: success}"), ""),
        (returning(&[("Success", "string", "Public")]), None, ""),
        (returning(&[("Success", "object", "")]), None, ""),
        (code("OK"), Some("{code: {field: Code, values: [OK]}, message: Message}"), ""),
        (code("“200”"), Some("{code: {field: Code, values: ['200']}, message: Message}"), ""),
        (
            returning(&[("ResultCode", "string", "OK"), ("ResultMessage", "string", "")]),
            Some("{code: {field: ResultCode, values: [OK]}, message: ResultMessage}"),
            "",
        ),
        // If one of two codes is the status, the other one is the error code.
        (
            returning(&[
                ("Code", "string", "200"),
                ("ErrorCode", "string", ""),
                ("ErrorMessage", "string", ""),
                ("Message", "string", ""),
                ("Success", "boolean", ""),
            ]),
            Some("{success: Success, code: ErrorCode, message: ErrorMessage}"),
            "",
        ),
        // The values of success are unknown, or the only example is a failure.
        (
            code(""),
            Some("{code: {field: Code, values: [OK, Success, '200', '0']}, message: Message}"),
            "assumed-outcome",
        ),
        (
            code("noPermission"),
            Some("{code: {field: Code, values: [OK, Success, '200', '0']}, message: Message}"),
            "assumed-outcome",
        ),
        (code("1000000"), None, "outcome"),
        (returning(&[("Code", "string", "hra0yc-1")]), None, "outcome"),
        (returning(&[("HttpStatusCode", "integer", "200"), ("Message", "string", "")]), None, ""),
    ];
    for (operation, expected, reason) in table {
        let converted = import(&document("RPC", json!({ "PutThing": operation })));
        let service = file(&converted, "service.yaml");
        let expected = expected.map(yaml);
        assert_eq!(service.get("outcome"), expected.as_ref(), "{operation}");
        assert!(file(&converted, "PutThing.yaml").get("outcome").is_none(), "{operation}");
        assert_eq!(reasons(&converted).join(" "), reason, "{operation}");
    }
}

#[test]
fn operations_state_differences_from_their_product() {
    let most = returning(&[("Success", "boolean", "true"), ("Code", "string", "")]);
    let other = returning(&[("Code", "string", "OK"), ("Message", "string", "")]);
    let converted = import(&document(
        "RPC",
        json!({ "One": most, "Two": most, "Other": other, "Nothing": returning(&[("RequestId", "string", "")]) }),
    ));
    assert_eq!(
        file(&converted, "service.yaml")["outcome"],
        yaml("{success: Success, code: {field: Code, values: [OK]}}"),
        "the meaning of a value is the same in the whole product"
    );
    assert!(file(&converted, "One.yaml").get("outcome").is_none());
    assert_eq!(
        file(&converted, "Other.yaml")["outcome"],
        yaml("{code: {field: Code, values: [OK]}, message: Message}")
    );
    assert_eq!(file(&converted, "Nothing.yaml")["outcome"], "none");
}

#[test]
fn secrets_are_marked_by_their_names() {
    let property = |name: &str, ty: &str| (name.to_owned(), json!({ "type": ty }));
    let names = [
        ("Password", "string"),
        ("AccessKeySecret", "string"),
        ("PrivateKeyBody", "string"),
        ("Secrets", "array"),
        ("ClientToken", "string"),
        ("SecretName", "string"),
        ("KeyPairName", "string"),
        ("HasPassword", "boolean"),
        ("Token", "integer"),
    ];
    let properties: serde_json::Map<String, Json> = names.iter().map(|(name, ty)| property(name, ty)).collect();
    let mut document = rpc(
        json!([
            { "name": "Login.Password", "in": "query", "schema": { "type": "string" } },
            { "name": "Config", "in": "query", "style": "json", "schema": { "type": "object", "properties": properties } },
        ]),
        json!({ "type": "object", "properties": properties }),
    );
    document["apis"]["DescribeClusterKubeconfig"] = returning(&[("config", "string", "")]);
    let converted = import(&document);
    let operation = file(&converted, "Op.yaml");
    assert_eq!(operation["parameters"][0], yaml("{name: Login.Password, type: String, sensitive: true}"));
    for fields in [&operation["parameters"][1]["fields"], &operation["response"]] {
        let marked: Vec<&str> = fields
            .as_sequence()
            .unwrap()
            .iter()
            .filter(|field| field.get("sensitive").is_some())
            .filter_map(|field| field["name"].as_str())
            .collect();
        assert_eq!(marked, ["AccessKeySecret", "Password", "PrivateKeyBody", "Secrets"]);
    }
    assert_eq!(file(&converted, "DescribeClusterKubeconfig.yaml")["response"][0]["sensitive"], true);
}
