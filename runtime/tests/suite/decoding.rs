//! Responses are decoded leniently. Responses that cannot be decoded are rejected with a reason.

use std::collections::BTreeMap;
use std::fmt;

use alicloud_runtime::__private::debug;
use alicloud_runtime::Binary;
use alicloud_runtime::dynamic::{Decode, Slot, from_bytes};

#[derive(Clone, Debug, Default, PartialEq)]
struct Inner {
    name: String,
    size: i32,
}

impl Decode for Inner {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Name", Slot::Text(&mut self.name)),
            1 => ("Size", Slot::Integer(&mut self.size)),
            _ => ("", Slot::Skip),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Response {
    text: String,
    maybe_text: Option<String>,
    integer: i32,
    maybe_integer: Option<i32>,
    long: i64,
    float: f64,
    flag: bool,
    maybe_flag: Option<bool>,
    any: String,
    object: Inner,
    maybe_object: Option<Inner>,
    texts: Vec<String>,
    objects: Vec<Inner>,
    lists: Vec<Vec<i64>>,
    map: BTreeMap<String, i64>,
    object_map: BTreeMap<String, Inner>,
    wrapped: Vec<Inner>,
}

impl Decode for Response {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Text", Slot::Text(&mut self.text)),
            1 => ("MaybeText", Slot::OptionalText(&mut self.maybe_text)),
            2 => ("Integer", Slot::Integer(&mut self.integer)),
            3 => ("MaybeInteger", Slot::OptionalInteger(&mut self.maybe_integer)),
            4 => ("Long", Slot::Long(&mut self.long)),
            5 => ("Float", Slot::Float(&mut self.float)),
            6 => ("Flag", Slot::Boolean(&mut self.flag)),
            7 => ("MaybeFlag", Slot::OptionalBoolean(&mut self.maybe_flag)),
            8 => ("Any", Slot::Raw(&mut self.any)),
            9 => ("Object", Slot::Object(&mut self.object)),
            10 => ("MaybeObject", Slot::OptionalObject(&mut self.maybe_object)),
            11 => ("Texts", Slot::List(&mut self.texts)),
            12 => ("Objects", Slot::List(&mut self.objects)),
            13 => ("Lists", Slot::List(&mut self.lists)),
            14 => ("Map", Slot::Map(&mut self.map)),
            15 => ("ObjectMap", Slot::Map(&mut self.object_map)),
            16 => ("Wrapped", Slot::Wrapped("Thing", &mut self.wrapped)),
            _ => ("", Slot::Skip),
        }
    }
}

fn read(body: impl AsRef<[u8]>) -> Result<Response, String> {
    let mut response = Response::default();
    from_bytes(body.as_ref(), "Test", &mut response).map(|()| response)
}

fn with(change: impl FnOnce(&mut Response)) -> Response {
    let mut response = Response::default();
    change(&mut response);
    response
}

fn inner(name: &str, size: i32) -> Inner {
    Inner { name: name.to_owned(), size }
}

/// The rules of the official Go client (its `betterFuzzy` decoder), one per row.
#[test]
fn json_is_decoded_as_by_the_official_go_client() {
    let text = |value: &str| with(|response| response.text = value.to_owned());
    let cases = [
        (r#"{}"#, Response::default()),
        ("", Response::default()),
        (r#" {"Text":"a b"} "#, text("a b")),
        (r#"{"Text":"\u4e2d\ud83d\ude00\n\"\\\/"}"#, text("中😀\n\"\\/")),
        (r#"{"Text":12345678901234567890123}"#, text("12345678901234567890123")),
        (r#"{"Text":1.10}"#, text("1.10")),
        (r#"{"Text":true}"#, text("true")),
        (
            r#"{"Text":null,"MaybeText":null,"Integer":null,"Flag":null,"Object":null,"Texts":null,"Map":null}"#,
            Response::default(),
        ),
        (r#"{"MaybeText":""}"#, with(|response| response.maybe_text = Some(String::new()))),
        (r#"{"Integer":"7"}"#, with(|response| response.integer = 7)),
        (r#"{"Integer":-7}"#, with(|response| response.integer = -7)),
        (r#"{"Integer":7.9}"#, with(|response| response.integer = 7)),
        (r#"{"Integer":""}"#, Response::default()),
        (r#"{"Integer":true}"#, with(|response| response.integer = 1)),
        (r#"{"Integer":7,"Integer":false}"#, with(|response| response.integer = 0)),
        (r#"{"Float":"TRUE"}"#, with(|response| response.float = 1.0)),
        (r#"{"Float":7,"Float":false}"#, with(|response| response.float = 0.0)),
        (r#"{"Float":7,"Float":" "}"#, with(|response| response.float = 0.0)),
        (
            r#"{"MaybeFlag":true,"Flag":true}"#,
            with(|response| (response.flag, response.maybe_flag) = (true, Some(true))),
        ),
        (r#"{"MaybeInteger":""}"#, Response::default()),
        (r#"{"MaybeInteger":"0"}"#, with(|response| response.maybe_integer = Some(0))),
        (r#"{"Long":9007199254740993}"#, with(|response| response.long = 9_007_199_254_740_993)),
        (r#"{"Long":"9223372036854775807"}"#, with(|response| response.long = i64::MAX)),
        (r#"{"Long":-9223372036854775808}"#, with(|response| response.long = i64::MIN)),
        (r#"{"Float":"0.97"}"#, with(|response| response.float = 0.97)),
        (r#"{"Float":1}"#, with(|response| response.float = 1.0)),
        (r#"{"Flag":"True"}"#, with(|response| response.flag = true)),
        (r#"{"Flag":1}"#, with(|response| response.flag = true)),
        (r#"{"Flag":"false","MaybeFlag":"FALSE"}"#, with(|response| response.maybe_flag = Some(false))),
        (r#"{"Any":{"a":[1, 2]}}"#, with(|response| response.any = r#"{"a":[1, 2]}"#.to_owned())),
        (r#"{"Object":{"Name":"n","Size":"3","New":{"deep":[1]}}}"#, with(|response| response.object = inner("n", 3))),
        (r#"{"Object":"","Texts":"","Map":" "}"#, Response::default()),
        (r#"{"MaybeObject":{}}"#, with(|response| response.maybe_object = Some(Inner::default()))),
        (r#"{"Texts":["a",1,true]}"#, with(|response| response.texts = ["a", "1", "true"].map(str::to_owned).into())),
        (r#"{"Objects":[{"Name":"a"},{}]}"#, with(|response| response.objects = vec![inner("a", 0), inner("", 0)])),
        (r#"{"Lists":[[1,"2"],[]]}"#, with(|response| response.lists = vec![vec![1, 2], vec![]])),
        (r#"{"Map":{"a":1,"b":"2"}}"#, with(|response| response.map = [("a".into(), 1), ("b".into(), 2)].into())),
        (
            r#"{"ObjectMap":{"k":{"Size":4}}}"#,
            with(|response| response.object_map = [("k".into(), inner("", 4))].into()),
        ),
        (
            r#"{"Wrapped":{"Other":1,"Thing":[{"Name":"a"},{}]}}"#,
            with(|response| response.wrapped = vec![inner("a", 0), inner("", 0)]),
        ),
        (r#"{"Wrapped":{},"Wrapped":"","Wrapped":null}"#, Response::default()),
        // A list in an object, or a single item, instead of a plain list.
        (
            r#"{"Texts":{"Text":["a"],"New":{}},"Objects":{"New":1,"Object":[{"Name":"a"},{"Size":2}]}}"#,
            with(|response| {
                response.texts = vec!["a".into()];
                response.objects = vec![inner("a", 0), inner("", 2)];
            }),
        ),
        (r#"{"Objects":{"Object":{"Name":"a"}}}"#, with(|response| response.objects = vec![inner("a", 0)])),
        (r#"{"Objects":{"New":{"Name":"b"},"Name":"a"}}"#, with(|response| response.objects = vec![inner("a", 0)])),
        (r#"{"Objects":{"Name":"a","New":["b"]}}"#, with(|response| response.objects = vec![inner("a", 0)])),
        (r#"{"Texts":{},"Objects":{}}"#, Response::default()),
        // A plain list, or a single item, instead of a list in an object.
        (r#"{"Wrapped":[{"Name":"a"}]}"#, with(|response| response.wrapped = vec![inner("a", 0)])),
        (r#"{"Wrapped":{"Thing":{"Name":"a"}}}"#, with(|response| response.wrapped = vec![inner("a", 0)])),
        (r#"{"Wrapped":{"Name":"a"}}"#, with(|response| response.wrapped = vec![inner("a", 0)])),
        (r#"{"Wrapped":{"New":{"Name":"a"}}}"#, Response::default()),
        // A structure instead of a string is kept as JSON.
        (
            r#"{"Text":{"a": [1]},"Texts":[[2], "b"]}"#,
            with(|response| {
                response.text = r#"{"a": [1]}"#.to_owned();
                response.texts = vec!["[2]".into(), "b".into()];
            }),
        ),
        // Some languages write an empty object as an empty list.
        (r#"{"Object":[],"Map":[]}"#, Response::default()),
        // Digits that a float cannot represent, after other fields.
        (
            r#"{"Texts":["a",0.10],"Map":{"a":1},"MaybeObject":{"Size":1},"Objects":[{"Name":-0}],"MaybeText":1e400,"Text":"\u00e9"}"#,
            with(|response| {
                response.texts = vec!["a".into(), "0.10".into()];
                response.map = [("a".into(), 1)].into();
                response.maybe_object = Some(inner("", 1));
                response.objects = vec![inner("-0", 0)];
                response.maybe_text = Some("1e400".into());
                response.text = "é".into();
            }),
        ),
        // A null instead of a string, when numbers are decoded again with all digits.
        (r#"{"MaybeText":null,"Text":1.10}"#, text("1.10")),
        (r#"{"Te\u0078t":"escaped name"}"#, text("escaped name")),
        (r#"{"Map":{"a":1},"Map":{"b":2}}"#, with(|response| response.map = [("b".into(), 2)].into())),
        // For a repeated key, the last value is used. Lists are not concatenated.
        (
            r#"{"Text":"a","Text":"b","Texts":["a"],"Texts":["b"]}"#,
            with(|response| {
                response.text = "b".into();
                response.texts = vec!["b".into()];
            }),
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(read(json).as_ref(), Ok(&expected), "{json}");
    }
}

#[test]
fn xml_is_decoded_like_json() {
    let in_root = |inner: &str| format!("<?xml version='1.0' encoding='UTF-8'?>\n<TestResponse>{inner}</TestResponse>");
    let cases = [
        ("", "{}"),
        ("<Text>a b</Text>", r#"{"Text":"a b"}"#),
        ("<Text>&lt;&amp;&#20013;&#x1F600;&gt;</Text>", r#"{"Text":"<&中😀>"}"#),
        ("<Text><![CDATA[<a>&b]]></Text>", r#"{"Text":"<a>&b"}"#),
        ("<Text/>", r#"{"Text":""}"#),
        ("<MaybeText/>", r#"{"MaybeText":""}"#),
        ("<Map><a/><b>2</b></Map>", r#"{"Map":{"a":0,"b":2}}"#),
        ("<Texts> <Text>a</Text> <Text/> </Texts>", r#"{"Texts":["a",""]}"#),
        ("<Texts>x<b/></Texts>", r#"{"Texts":["{\"b\":\"\"}"]}"#),
        ("<Texts>x&amp;<![CDATA[y]]></Texts>", r#"{"Texts":["x&y"]}"#),
        ("<Wrapped> <Size/> </Wrapped>", r#"{"Wrapped":{"Thing":[{}]}}"#),
        ("<Wrapped><New>1</New></Wrapped>", r#"{"Wrapped":{"Thing":[]}}"#),
        ("<Any><A>a&amp;b</A><B><![CDATA[<x>]]></B></Any>", r#"{"Any":{"A":"a&b","B":"<x>"}}"#),
        ("<MaybeText></MaybeText>", r#"{"MaybeText":""}"#),
        ("<Integer>7</Integer><Long>9007199254740993</Long>", r#"{"Integer":7,"Long":9007199254740993}"#),
        ("<Integer/><MaybeInteger/><Flag>True</Flag>", r#"{"Integer":"","MaybeInteger":"","Flag":true}"#),
        (
            "<Object>\n<Name>n</Name><New><Deep>1</Deep><Deep/></New><Size>3</Size></Object>",
            r#"{"Object":{"Name":"n","Size":3}}"#,
        ),
        ("<Object/><MaybeObject></MaybeObject>", r#"{"MaybeObject":{}}"#),
        ("<Texts>a</Texts><Text>x</Text><Texts>b</Texts>", r#"{"Text":"x","Texts":["a","b"]}"#),
        ("<Texts/>", r#"{"Texts":[]}"#),
        (
            "<Objects><Name>a</Name></Objects><Objects><Size>2</Size></Objects>",
            r#"{"Objects":[{"Name":"a"},{"Size":2}]}"#,
        ),
        ("<Map><a>1</a><b>2</b></Map>", r#"{"Map":{"a":1,"b":2}}"#),
        ("<ObjectMap><k><Size>4</Size></k></ObjectMap>", r#"{"ObjectMap":{"k":{"Size":4}}}"#),
        (
            "<Wrapped><Thing><Name>a</Name></Thing><Other/><Thing><Size>2</Size></Thing></Wrapped>",
            r#"{"Wrapped":{"Thing":[{"Name":"a"},{"Size":2}]}}"#,
        ),
        ("<Wrapped/>", r#"{"Wrapped":{"Thing":[]}}"#),
        // Elements in a field of any type become JSON.
        ("<Any><A>1</A><B><C/></B><A>2</A></Any>", r#"{"Any":{"A":["1","2"],"B":{"C":""}}}"#),
        // A list in an element instead of a plain list, and the reverse.
        ("<Texts><Text>a</Text><Text>b</Text></Texts>", r#"{"Texts":["a","b"]}"#),
        (
            "<Objects>\n<Object><Name>a</Name></Object><Object><Size>2</Size></Object></Objects>",
            r#"{"Objects":[{"Name":"a"},{"Size":2}]}"#,
        ),
        ("<Objects><New>1</New><Name>a</Name></Objects>", r#"{"Objects":[{"Name":"a"}]}"#),
        ("<Objects><New>1</New><Newer/></Objects>", r#"{"Objects":[{}]}"#),
        (
            "<Wrapped><Name>a</Name></Wrapped><Wrapped><New/><Size>2</Size></Wrapped>",
            r#"{"Wrapped":{"Thing":[{"Name":"a"},{"Size":2}]}}"#,
        ),
        ("<!-- a comment --><Text>a<!-- inside -->b</Text>", r#"{"Text":"ab"}"#),
        ("<Text>a\nb<![CDATA[\nc]]></Text>", r#"{"Text":"a\nb\nc"}"#),
        ("<Texts>\n</Texts><Any><A>\n</A></Any>", r#"{"Texts":["\n"],"Any":{"A":"\n"}}"#),
    ];
    for (xml, json) in cases {
        let expected = read(json).unwrap();
        let document = in_root(xml);
        assert_eq!(read(&document).as_ref(), Ok(&expected), "{xml}");
        // The other line ends are equivalent (XML 1.0, section 2.11).
        for line_end in ["\r\n", "\r"] {
            let document = document.replace('\n', line_end);
            assert_eq!(read(&document).as_ref(), Ok(&expected), "{document:?}");
        }
    }
    assert_eq!(read("<TestResponse/>"), Ok(Response::default()));
}

#[test]
fn undecodable_responses_are_rejected_with_the_reason() {
    let deep_json = format!("{}1{}", r#"{"Object":"#.repeat(200), "}".repeat(200));
    let deep_list = format!(r#"{{"Lists":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let deep_unknown = format!(r#"{{"New":{}{}}}"#, "[".repeat(100), "]".repeat(100));
    assert_eq!(read(&deep_unknown), Ok(Response::default()));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"[]".to_vec(), "the body cannot be decoded as JSON: it should be an object, but is a list"),
        (b"null".to_vec(), ""),
        (b"12".to_vec(), "an object"),
        (b"{".to_vec(), "the text ends too early at line 1 column 2"),
        (br#"{"Text":"a"} trailing"#.to_vec(), "trailing"),
        (br#"{"Text":"a"#.to_vec(), "the text ends too early"),
        (br#"{"Text":"\ud800"}"#.to_vec(), "escape"),
        (br#"{"Integer":-}"#.to_vec(), "invalid number"),
        (br#"{"Integer":x}"#.to_vec(), "expected a value"),
        (br#"{"New":[1 2]}"#.to_vec(), "expected `,` or `]`"),
        (br#"{"New":{"a":1 "b":2}}"#.to_vec(), "expected `,` or `}`"),
        // Only `\u` begins the second half of a surrogate pair.
        (br#"{"Text":"\ud83d\ndc00"}"#.to_vec(), "escape"),
        (br#"{"Text":"\ud83dxudc00"}"#.to_vec(), "escape"),
        (b"{\n\"Integer\": {}}".to_vec(), "`Integer` should be a single value, but is an object at line 2 column 12"),
        (br#"{"Flag":[1]}"#.to_vec(), "`Flag` should be a single value"),
        (br#"{"Integer":"abc"}"#.to_vec(), "`Integer` should be a whole number of 32 bits"),
        (br#"{"Integer":2147483648}"#.to_vec(), "`Integer` should be a whole number of 32 bits"),
        (br#"{"Long":9223372036854775808}"#.to_vec(), "`Long` should be a whole number of 64 bits"),
        (br#"{"Float":"x"}"#.to_vec(), "`Float` should be a number"),
        (br#"{"Flag":"maybe"}"#.to_vec(), "`Flag` should be `true` or `false`"),
        (br#"{"Object":[1]}"#.to_vec(), "`Object` should be an object"),
        (br#"{"Object":"text"}"#.to_vec(), "`Object` should be an object"),
        (br#"{"Object":7}"#.to_vec(), "an object"),
        (br#"{"Texts":{"a":1}}"#.to_vec(), "`Texts` should be a list"),
        (br#"{"Objects":{"New":1}}"#.to_vec(), "`Objects` should be a list"),
        (br#"{"Texts":"x"}"#.to_vec(), "`Texts` should be a list"),
        (br#"{"Objects":[{"Size":"x"}]}"#.to_vec(), "`Size` should be"),
        (b"{\"Text\":\"\xff\"}".to_vec(), "not UTF-8"),
        (deep_json.into_bytes(), ""),
        (deep_list.into_bytes(), "`Lists` should be a single value"),
        (b"<html><body>gone</body></html>".to_vec(), "the root element is `html`"),
        (b"<TestResponse><Text>a".to_vec(), "it ends before the root element is closed"),
        (b"<TestResponse><Map>".to_vec(), "it ends before the root element is closed"),
        (b"<TestResponse><Wrapped>".to_vec(), "it ends before the root element is closed"),
        (b"<TestResponse><Any><A>".to_vec(), "it ends before the root element is closed"),
        (b"<TestResponse><Wrapped>text</Wrapped></TestResponse>".to_vec(), "`Wrapped` should be a list, but is `text`"),
        (
            format!(r#"{{"Integer":"{}"}}"#, "x".repeat(60)).into_bytes(),
            "`xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`",
        ),
        (format!(r#"{{"Integer":"{}"}}"#, "x".repeat(61)).into_bytes(), "a value of 61 characters"),
        (b"<TestResponse><Text>a</Integer>".to_vec(), ""),
        (b"<TestResponse><Integer><b/></Integer></TestResponse>".to_vec(), "`Integer` should be a single value"),
        (b"<TestResponse><Integer>abc</Integer></TestResponse>".to_vec(), "`Integer` should be"),
        (b"<TestResponse><Text>&bomb;</Text></TestResponse>".to_vec(), "the entity `&bomb;` is unknown"),
        (b"<".to_vec(), ""),
        (b"<!-- only this -->".to_vec(), "there is no root element"),
    ];
    for (body, expected) in cases {
        let shown = String::from_utf8_lossy(&body).chars().take(80).collect::<String>();
        match read(&body) {
            Err(reason) => assert!(reason.contains(expected), "{shown}: {reason}"),
            // Without an expected reason, decoding may succeed.
            Ok(_) => assert_eq!(expected, "", "{shown}"),
        }
    }
}

#[test]
fn deeply_nested_known_fields_do_not_overflow_the_stack() {
    #[derive(Default)]
    struct Node(Option<Box<Node>>);
    impl Decode for Node {
        fn field(&mut self, _: usize) -> (&'static str, Slot<'_>) {
            ("N", Slot::Object(self.0.insert(Box::default()).as_mut()))
        }
    }
    let body = format!("<TestResponse>{}", "<N>".repeat(100_000));
    let reason = from_bytes(body.as_bytes(), "Test", &mut Node::default()).unwrap_err();
    assert!(reason.contains("nested more than 128 levels deep"), "{reason}");
    let body = r#"{"N":"#.repeat(100_000);
    let reason = from_bytes(body.as_bytes(), "Test", &mut Node::default()).unwrap_err();
    assert!(reason.contains("nested more than 128 levels deep"), "{reason}");
}

#[test]
fn truncated_responses_never_panic_and_are_never_accepted() {
    let json = br#"{"Text":"a\u4e2db","Objects":[{"Name":"n","Size":1}],"Map":{"a":1},"Float":1.5,"Any":[{}]}"#;
    let xml =
        b"<?xml version='1.0'?><TestResponse><Text>a&amp;b</Text><Objects><Name>n</Name></Objects></TestResponse>";
    for whole in [json.as_slice(), xml] {
        assert!(read(whole).is_ok());
        for end in 1..whole.len() {
            assert!(read(&whole[..end]).is_err(), "{}", String::from_utf8_lossy(&whole[..end]));
        }
    }
}

/// A type that contains itself in every possible way.
#[derive(Default)]
struct Nested {
    name: String,
    any: String,
    object: Option<Box<Nested>>,
    maybe: Option<Box<Nested>>,
    list: Vec<Nested>,
    wrapped: Vec<Nested>,
    map: BTreeMap<String, Nested>,
}

impl Decode for Nested {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Name", Slot::Text(&mut self.name)),
            1 => ("Any", Slot::Raw(&mut self.any)),
            2 => ("Object", Slot::Object(self.object.get_or_insert_default().as_mut())),
            3 => ("Maybe", Slot::OptionalObject(&mut self.maybe)),
            4 => ("List", Slot::List(&mut self.list)),
            5 => ("Wrapped", Slot::Wrapped("Thing", &mut self.wrapped)),
            6 => ("Map", Slot::Map(&mut self.map)),
            _ => ("", Slot::Skip),
        }
    }
}

/// XML has at most 128 levels. Lists and maps take more than one level for each element.
#[test]
fn the_depth_limit_of_xml_does_not_depend_on_the_types() {
    for (open, close, deepest) in [
        ("<Object>", "</Object>", 128),
        ("<Maybe>", "</Maybe>", 64),
        ("<List>", "</List>", 64),
        ("<List><Element>", "</Element></List>", 64),
        ("<Wrapped><Thing>", "</Thing></Wrapped>", 42),
        ("<Wrapped>", "</Wrapped>", 64),
        ("<Wrapped><Name/>", "</Wrapped>", 64),
        ("<Wrapped><Name>n</Name>", "</Wrapped>", 63),
        ("<Map><key>", "</key></Map>", 64),
        ("<Any>", "</Any>", 127),
    ] {
        let outcome = |depth: usize| {
            let body = format!("<TestResponse>{}{}</TestResponse>", open.repeat(depth), close.repeat(depth));
            from_bytes(body.as_bytes(), "Test", &mut Nested::default())
        };
        let found = (0..200).take_while(|depth| outcome(*depth).is_ok()).count() - 1;
        assert_eq!(found, deepest, "{open}");
        let reason = outcome(deepest + 1).unwrap_err();
        assert!(reason.contains("nested more than 128 levels deep"), "{open}: {reason}");
    }
}

/// One field of each type. The last two are sensitive.
#[derive(Clone, Default)]
struct Everything {
    text: String,
    maybe_text: Option<String>,
    integer: i32,
    maybe_integer: Option<i32>,
    long: i64,
    maybe_long: Option<i64>,
    float: f64,
    maybe_float: Option<f64>,
    flag: bool,
    maybe_flag: Option<bool>,
    raw: String,
    maybe_raw: Option<String>,
    bytes: Binary,
    maybe_bytes: Option<Binary>,
    object: Inner,
    maybe_object: Option<Inner>,
    list: Vec<Inner>,
    lists: Vec<Vec<i64>>,
    map: BTreeMap<String, Inner>,
    header: i32,
    body: Binary,
    pin: i32,
    boxed: Box<Hidden>,
}

#[derive(Clone, Default)]
struct Hidden {
    name: String,
    size: i32,
    secret: i32,
}

impl Decode for Hidden {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Name", Slot::Text(&mut self.name)),
            1 => ("Size", Slot::Integer(&mut self.size)),
            2 => ("Secret", Slot::Integer(&mut self.secret)),
            _ => ("", Slot::Skip),
        }
    }

    fn hidden(&self) -> &'static [usize] {
        &[2]
    }
}

impl Decode for Everything {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Text", Slot::Text(&mut self.text)),
            1 => ("MaybeText", Slot::OptionalText(&mut self.maybe_text)),
            2 => ("Integer", Slot::Integer(&mut self.integer)),
            3 => ("MaybeInteger", Slot::OptionalInteger(&mut self.maybe_integer)),
            4 => ("Long", Slot::Long(&mut self.long)),
            5 => ("MaybeLong", Slot::OptionalLong(&mut self.maybe_long)),
            6 => ("Float", Slot::Float(&mut self.float)),
            7 => ("MaybeFloat", Slot::OptionalFloat(&mut self.maybe_float)),
            8 => ("Flag", Slot::Boolean(&mut self.flag)),
            9 => ("MaybeFlag", Slot::OptionalBoolean(&mut self.maybe_flag)),
            10 => ("Raw", Slot::Raw(&mut self.raw)),
            11 => ("MaybeRaw", Slot::OptionalRaw(&mut self.maybe_raw)),
            12 => ("Bytes", Slot::Base64(&mut self.bytes)),
            13 => ("MaybeBytes", Slot::OptionalBase64(&mut self.maybe_bytes)),
            14 => ("Object", Slot::Object(&mut self.object)),
            15 => ("MaybeObject", Slot::OptionalObject(&mut self.maybe_object)),
            16 => ("List", Slot::List(&mut self.list)),
            17 => ("Lists", Slot::Wrapped("List", &mut self.lists)),
            18 => ("Map", Slot::Map(&mut self.map)),
            19 => ("header:x-parts", Slot::Integer(&mut self.header)),
            20 => ("body:", Slot::Binary(&mut self.body)),
            21 => ("Unknown", Slot::Skip),
            22 => ("Pin", Slot::Integer(&mut self.pin)),
            23 => ("Boxed", Slot::Object(&mut self.boxed)),
            _ => ("", Slot::Skip),
        }
    }

    fn hidden(&self) -> &'static [usize] {
        &[22]
    }
}

impl fmt::Debug for Everything {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("Everything", self, f)
    }
}

#[test]
fn debug_output_has_the_original_names_and_hides_sensitive_fields() {
    let json = r#"{"Text":"a\"b","MaybeText":"","Integer":-1,"MaybeInteger":2,"Long":3,"MaybeLong":4,"Float":0.5,"MaybeFloat":1,
        "Flag":true,"MaybeFlag":false,"Raw":[1],"MaybeRaw":{},"Bytes":"/wA=","MaybeBytes":"AA==","Object":{"Name":"n","Size":5},
        "MaybeObject":{"Name":"m"},"List":[{"Name":"l"},{"Size":6}],"Lists":{"List":[[7],[]]},"Map":{"k":{"Size":8}},
        "Pin":4711,"Boxed":{"Name":"b","Secret":4711}}"#;
    let mut everything = Everything::default();
    let nothing = format!("{everything:?}");
    assert_eq!(
        nothing,
        r#"Everything { Text: "", MaybeText: None, Integer: 0, MaybeInteger: None, Long: 0, MaybeLong: None, Float: 0.0, "#
            .to_owned()
            + r#"MaybeFloat: None, Flag: false, MaybeFlag: None, Raw: "", MaybeRaw: None, Bytes: [0 bytes], MaybeBytes: None, "#
            + r#"Object: {"Name": "", "Size": 0}, MaybeObject: None, List: [], Lists: [], Map: {}, x-parts: 0, body: [0 bytes], "#
            + r#"Unknown: _, Pin: ***, Boxed: {"Name": "", "Size": 0, "Secret": ***} }"#
    );
    from_bytes(json.as_bytes(), "Test", &mut everything).unwrap();
    (everything.header, everything.body) = (9, String::from("four").into());
    assert_eq!(
        format!("{everything:?}"),
        r#"Everything { Text: "a\"b", MaybeText: Some(""), Integer: -1, MaybeInteger: Some(2), Long: 3, MaybeLong: Some(4), "#
            .to_owned()
            + r#"Float: 0.5, MaybeFloat: Some(1.0), Flag: true, MaybeFlag: Some(false), Raw: "[1]", MaybeRaw: Some("{}"), "#
            + r#"Bytes: [2 bytes], MaybeBytes: Some([1 bytes]), Object: {"Name": "n", "Size": 5}, "#
            + r#"MaybeObject: Some({"Name": "m", "Size": 0}), List: [{"Name": "l", "Size": 0}, {"Name": "", "Size": 6}], "#
            + r#"Lists: [[7], []], Map: {"k": {"Name": "", "Size": 8}}, x-parts: 9, body: [4 bytes], Unknown: _, Pin: ***, "#
            + r#"Boxed: {"Name": "b", "Size": 0, "Secret": ***} }"#
    );
    assert_eq!(everything.bytes.into_vec(), b"\xff\x00");
}

#[test]
fn the_error_for_a_sensitive_field_does_not_show_its_value() {
    for (body, name) in [
        (r#"{"Pin":"hush"}"#, "Pin"),
        (r#"{"Boxed":{"Secret":"hush"}}"#, "Secret"),
        ("<TestResponse><Pin>hush</Pin></TestResponse>", "Pin"),
        ("<TestResponse><Boxed><Secret>hush</Secret></Boxed></TestResponse>", "Secret"),
    ] {
        let reason = from_bytes(body.as_bytes(), "Test", &mut Everything::default()).unwrap_err();
        let expected = format!("`{name}` cannot be decoded; its value is not shown because it is sensitive");
        assert!(reason.contains(&expected) && !reason.contains("hush"), "{reason}");
    }
}

/// A string instead of a list of lists.
#[test]
fn a_string_is_not_a_list() {
    let read = |inner: &str| {
        let body = format!("<TestResponse><Lists>{inner}</Lists></TestResponse>");
        let mut everything = Everything::default();
        from_bytes(body.as_bytes(), "Test", &mut everything).map(|()| everything.lists)
    };
    assert_eq!(read(" "), Ok(vec![]));
    let reason = read("text").unwrap_err();
    assert!(reason.contains("`Lists` should be a list, but is `text`"), "{reason}");
    assert_eq!(read("<List>1</List><List>2</List>"), Ok(vec![vec![1], vec![2]]));
}
