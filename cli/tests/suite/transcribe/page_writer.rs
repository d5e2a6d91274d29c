//! Writes pages of the layouts that documentation pages have, with the facts of a spec and prose of our own.

use alicloud_model::{ApiStyle, FlowScope, LengthUnit, Operation, Position, Range, Rule, Sample, Type};

/// The notation of the tables of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rendering {
    /// `| a | b |`
    OuterBars,
    /// `a | b`
    Bars,
    /// `a | b |`, with the description on its own line.
    TrailingBars,
    /// `a |` with each cell on its own line.
    BarsApart,
    /// A cell a paragraph.
    Paragraphs,
    /// A cell a line.
    Lines,
    /// Cells between blanks, with the description below.
    Blanks,
    /// Cells between tabs.
    Tabs,
    Html,
}

/// All renderings.
pub(crate) const RENDERINGS: [Rendering; 9] = [
    Rendering::OuterBars,
    Rendering::Bars,
    Rendering::TrailingBars,
    Rendering::BarsApart,
    Rendering::Paragraphs,
    Rendering::Lines,
    Rendering::Blanks,
    Rendering::Tabs,
    Rendering::Html,
];

/// The words of a layout in a language.
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    /// The columns of the parameters, in order: `name`, `type`, `required`, `example`, `doc`, `position`, each with its
    /// header.
    pub(crate) columns: &'static [(&'static str, &'static str)],
    /// The columns of the error table: `status`, `code`, `message`, `doc`.
    pub(crate) errors: &'static [(&'static str, &'static str)],
    pub(crate) request: &'static str,
    pub(crate) response: &'static str,
    pub(crate) examples: &'static str,
    pub(crate) request_sample: &'static str,
    pub(crate) response_sample: &'static str,
    pub(crate) error_codes: &'static str,
    pub(crate) syntax: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    /// A sentence with the limit of queries, for an account or a user.
    pub(crate) flow: fn(u32, bool) -> String,
    /// A length: least, greatest, and whether it is in bytes.
    pub(crate) length: fn(Option<u64>, Option<u64>, bool) -> String,
    /// Whether there is a row `Action`.
    pub(crate) action: bool,
    /// Whether types are in small letters.
    pub(crate) small_types: bool,
    /// The RAM section, with the headers of its columns.
    pub(crate) ram: Option<(&'static str, [&'static str; 5])>,
}

fn english_length(min: Option<u64>, max: Option<u64>, bytes: bool) -> String {
    let unit = if bytes { "bytes" } else { "characters" };
    match (min, max) {
        (Some(min), Some(max)) => format!("It takes {min} to {max} {unit}."),
        (_, max) => format!("It can be up to {} {unit} in length.", max.unwrap_or_default()),
    }
}

fn chinese_length(min: Option<u64>, max: Option<u64>, bytes: bool) -> String {
    let unit = if bytes { "字节" } else { "字符" };
    match (min, max) {
        (Some(min), Some(max)) => format!("长度为{min}~{max}个{unit}。"),
        (_, max) => format!("不超过{}个{unit}。", max.unwrap_or_default()),
    }
}

fn japanese_length(min: Option<u64>, max: Option<u64>, bytes: bool) -> String {
    let unit = if bytes { "バイト" } else { "文字" };
    match (min, max) {
        (Some(min), Some(max)) => format!("{min}～{max} {unit}です。"),
        (_, max) => format!("最大 {} {unit}です。", max.unwrap_or_default()),
    }
}

/// The layouts, of which the names are those of the guide.
pub(crate) const LAYOUTS: [Layout; 5] = [
    Layout {
        name: "2018, English, no examples",
        columns: &[("name", "Name"), ("type", "Type"), ("required", "Required"), ("doc", "Description")],
        errors: &[
            ("code", "Error code"),
            ("message", "Error message"),
            ("status", "HTTP status code"),
            ("doc", "Description"),
        ],
        request: "Request parameters",
        response: "Response parameters",
        examples: "Examples",
        request_sample: "Request example",
        response_sample: "Response example",
        error_codes: "Error codes",
        syntax: "Request syntax",
        yes: "Yes",
        no: "No",
        flow: |qps, per_user| {
            format!("Each {} can send {qps} calls per second.", if per_user { "user" } else { "account" })
        },
        length: english_length,
        action: true,
        small_types: false,
        ram: None,
    },
    Layout {
        name: "2020, English",
        columns: &[
            ("name", "Parameter"),
            ("type", "Type"),
            ("required", "Required"),
            ("example", "Example"),
            ("doc", "Description"),
        ],
        errors: &[("status", "HttpCode"), ("code", "Error code"), ("message", "Error message"), ("doc", "Description")],
        request: "Request parameters",
        response: "Response parameters",
        examples: "Examples",
        request_sample: "Sample requests",
        response_sample: "Sample success responses",
        error_codes: "Error codes",
        syntax: "Request syntax",
        yes: "Yes",
        no: "No",
        flow: |qps, per_user| {
            format!("Up to {qps} times per second per {} are possible.", if per_user { "user" } else { "account" })
        },
        length: english_length,
        action: true,
        small_types: false,
        ram: None,
    },
    Layout {
        name: "2020, Chinese",
        columns: &[
            ("name", "名称"),
            ("type", "类型"),
            ("required", "是否必选"),
            ("example", "示例值"),
            ("doc", "描述"),
        ],
        errors: &[("status", "HttpCode"), ("code", "错误码"), ("message", "错误信息"), ("doc", "描述")],
        request: "请求参数",
        response: "返回数据",
        examples: "示例",
        request_sample: "请求示例",
        response_sample: "正常返回示例",
        error_codes: "错误码",
        syntax: "请求语法",
        yes: "是",
        no: "否",
        flow: |qps, per_user| {
            if per_user {
                format!("单用户调用频率：{qps}次/秒。")
            } else {
                format!("单个账号的QPS最大限制为{qps}。")
            }
        },
        length: chinese_length,
        action: true,
        small_types: false,
        ram: None,
    },
    Layout {
        name: "2025, English",
        columns: &[
            ("name", "Parameter"),
            ("type", "Type"),
            ("required", "Required"),
            ("doc", "Description"),
            ("example", "Example"),
        ],
        errors: &[
            ("status", "HTTP status code"),
            ("code", "Error code"),
            ("message", "Error message"),
            ("doc", "Description"),
        ],
        request: "Request parameters",
        response: "Response elements",
        examples: "Examples",
        request_sample: "Sample request",
        response_sample: "Success response",
        error_codes: "Error codes",
        syntax: "Request syntax",
        yes: "Yes",
        no: "No",
        flow: |qps, per_user| {
            format!("A single {} gets {qps} calls per second.", if per_user { "user" } else { "account" })
        },
        length: english_length,
        action: false,
        small_types: true,
        ram: Some((
            "RAM authorization",
            ["Action", "Access level", "Resource type", "Condition key", "Dependent action"],
        )),
    },
    Layout {
        name: "2026, Japanese",
        columns: &[
            ("name", "パラメーター"),
            ("type", "タイプ"),
            ("required", "必須 / 任意"),
            ("doc", "説明"),
            ("example", "例"),
        ],
        errors: &[
            ("status", "HTTP ステータスコード"),
            ("code", "エラーコード"),
            ("message", "エラーメッセージ"),
            ("doc", "説明"),
        ],
        request: "リクエストパラメーター",
        response: "レスポンスパラメーター",
        examples: "例",
        request_sample: "リクエスト例",
        response_sample: "成功レスポンス",
        error_codes: "エラーコード",
        syntax: "リクエスト構文",
        yes: "必須",
        no: "任意",
        flow: |qps, per_user| {
            let who = if per_user { "ユーザーごと" } else { "アカウントごと" };
            format!("{who}に 1 秒あたり最大 {qps} 回です。")
        },
        length: japanese_length,
        action: false,
        small_types: true,
        ram: Some(("RAM 認証", ["アクション", "アクセスレベル", "リソースタイプ", "条件キー", "依存アクション"])),
    },
];

/// The parts of an operation that a layout and a rendering can contain.
pub(crate) fn carries_examples(layout: &Layout) -> bool {
    layout.columns.iter().any(|(kind, _)| *kind == "example")
}

struct Writer<'w> {
    layout: &'w Layout,
    rendering: Rendering,
    text: String,
}

/// A page of an operation.
pub(crate) fn page(operation: &Operation, host: &str, layout: &Layout, rendering: Rendering) -> String {
    let mut writer = Writer { layout, rendering, text: String::new() };
    writer.page(operation, host);
    if rendering == Rendering::Html {
        format!("<!DOCTYPE html>\n<html><head><title>x</title></head><body>\n{}</body></html>\n", writer.text)
    } else {
        writer.text
    }
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        match self.rendering {
            Rendering::Html => self.text.push_str(&format!("<p>{}</p>\n", escaped(text))),
            _ => self.text.push_str(&format!("{text}\n\n")),
        }
    }

    fn heading(&mut self, text: &str) {
        match self.rendering {
            Rendering::Html => self.text.push_str(&format!("<h2>{}</h2>\n", escaped(text))),
            _ => self.text.push_str(&format!("{text}\n\n")),
        }
    }

    fn code(&mut self, text: &str) {
        match self.rendering {
            Rendering::Html => self.text.push_str(&format!("<pre><code>{}</code></pre>\n", escaped(text.trim_end()))),
            _ => self.text.push_str(&format!("{}\n\n", text.trim_end())),
        }
    }

    fn page(&mut self, operation: &Operation, host: &str) {
        let layout = self.layout;
        self.line(&format!("{} - A title", operation.name));
        self.line("It does what this test wants.");
        if let Some(flow) = &operation.flow {
            self.line(&(layout.flow)(flow.qps, flow.per == FlowScope::User));
        }
        if let (Some(ram), Some((name, headers))) = (&operation.ram, &layout.ram) {
            self.heading(name);
            let row = vec![
                ram.action.clone(),
                ram.access.clone().unwrap_or_default(),
                ram.resource.clone().unwrap_or_default(),
                "None".to_owned(),
                "None".to_owned(),
            ];
            self.table(&headers.map(str::to_owned), &[row]);
        }
        if operation.style == ApiStyle::Roa {
            self.heading(layout.syntax);
            self.code(&format!("{} {} HTTP/1.1", operation.methods[0].as_str(), operation.path));
        }
        self.heading(layout.request);
        self.parameters(operation);
        self.heading(layout.response);
        self.response(operation);
        self.heading(layout.examples);
        for example in &operation.examples {
            if operation.style == ApiStyle::Rpc && layout.action {
                self.heading(layout.request_sample);
                let mut request = format!("https://{host}/?Action={}", operation.name);
                for (name, sample) in &example.request {
                    let Sample::Text(text) = sample else { continue };
                    request.push_str(&format!("\n&{name}={text}"));
                }
                request.push_str("\n&<Common request parameters>");
                self.code(&request);
            }
            self.heading(layout.response_sample);
            if let Some(xml) = &example.xml {
                self.heading("XML");
                self.code(xml);
            }
            if let Some(json) = &example.json {
                self.heading("JSON");
                self.code(json);
            }
        }
        self.heading(layout.error_codes);
        let rows: Vec<Vec<String>> = operation
            .errors
            .iter()
            .map(|row| {
                let cell = |kind: &str| match kind {
                    "status" => row.status.to_string(),
                    "code" => row.code.clone(),
                    "message" => row.message.clone(),
                    _ => "What went wrong.".to_owned(),
                };
                layout.errors.iter().map(|(kind, _)| cell(kind)).collect()
            })
            .collect();
        if !rows.is_empty() {
            let headers: Vec<String> = layout.errors.iter().map(|(_, header)| (*header).to_owned()).collect();
            self.table(&headers, &rows);
        }
    }

    fn parameters(&mut self, operation: &Operation) {
        let layout = self.layout;
        let mut rows = Vec::new();
        if layout.action && operation.style == ApiStyle::Rpc {
            rows.push(self.row(
                "Action",
                "String",
                Some(true),
                &operation.name,
                "The name of the call.",
                layout.columns,
            ));
        }
        for parameter in &operation.parameters {
            let field = &parameter.field;
            let mut doc = "What it is for.".to_owned();
            if let Some(length) = &field.limits.length {
                doc.push_str(&format!(
                    " {}",
                    (layout.length)(length.bounds.min, length.bounds.max, length.unit == LengthUnit::Bytes)
                ));
            }
            if let Some(Range::Integer { min: Some(min), max: Some(max) }) = &field.limits.range {
                doc.push_str(&format!(" Valid values: {min} to {max}."));
            }
            if !field.values.is_empty() {
                doc.push_str(&format!(" Valid values: {}.", field.values.join(", ")));
            }
            if let Some(default) = &field.default {
                doc.push_str(&format!(" Default value: {default}."));
            }
            for rule in &operation.rules {
                match rule {
                    Rule::AnyOf(groups) if groups[0] == [field.name.clone()] => doc.push_str(&format!(
                        " If you specify this parameter, you do not need to specify the {} parameter.",
                        groups[1].join(" or ")
                    )),
                    Rule::Together(names) if names.contains(&field.name) => {
                        let others: Vec<&str> =
                            names.iter().map(String::as_str).filter(|name| *name != field.name).collect();
                        doc.push_str(&format!(
                            " If you specify this parameter, you must also specify the {} parameter.",
                            others.join(" and ")
                        ));
                    }
                    _ => {}
                }
            }
            let example = field.example.clone().unwrap_or_default();
            assert!(
                matches!(parameter.position, Position::Query | Position::Path),
                "other positions are in no table here"
            );
            rows.push(self.row(&field.name, &self.ty(&field.ty), Some(field.required), &example, &doc, layout.columns));
        }
        let headers: Vec<String> = layout.columns.iter().map(|(_, header)| (*header).to_owned()).collect();
        if !rows.is_empty() {
            self.table(&headers, &rows);
        }
    }

    fn response(&mut self, operation: &Operation) {
        let columns: Vec<(&str, &str)> =
            self.layout.columns.iter().copied().filter(|(kind, _)| *kind != "required").collect();
        let mut rows = Vec::new();
        self.fields(&operation.response, &columns, &mut rows);
        let headers: Vec<String> = columns.iter().map(|(_, header)| (*header).to_owned()).collect();
        if !rows.is_empty() {
            self.table(&headers, &rows);
        }
    }

    fn fields(&self, fields: &[alicloud_model::Field], columns: &[(&str, &str)], rows: &mut Vec<Vec<String>>) {
        for field in fields {
            let example = field.example.clone().unwrap_or_default();
            rows.push(self.row(&field.name, &self.ty(&field.ty), None, &example, "What it returns.", columns));
            let inner = if let Type::List(item) = &field.ty { item } else { &field.ty };
            if let Type::Object(object) = inner {
                self.fields(&object.fields, columns, rows);
            }
        }
    }

    fn ty(&self, ty: &Type) -> String {
        let small = self.layout.small_types;
        match ty {
            Type::List(item) if small => format!("array<{}>", self.ty(item)),
            Type::List(item) => format!("Array of {}", self.ty(item)),
            Type::Object(_) => if small { "object" } else { "Object" }.to_owned(),
            other if small => other.spelling().to_lowercase(),
            other => other.spelling(),
        }
    }

    fn row(
        &self,
        name: &str,
        ty: &str,
        required: Option<bool>,
        example: &str,
        doc: &str,
        columns: &[(&str, &str)],
    ) -> Vec<String> {
        let cell = |kind: &str| match kind {
            "name" => name.to_owned(),
            "type" => ty.to_owned(),
            "required" => if required == Some(true) { self.layout.yes } else { self.layout.no }.to_owned(),
            "example" => example.to_owned(),
            _ => doc.to_owned(),
        };
        columns.iter().map(|(kind, _)| cell(kind)).collect()
    }

    fn table(&mut self, headers: &[String], rows: &[Vec<String>]) {
        let out = &mut self.text;
        let all = || std::iter::once(headers).chain(rows.iter().map(Vec::as_slice));
        match self.rendering {
            Rendering::OuterBars => {
                for (index, row) in all().enumerate() {
                    out.push_str(&format!("| {} |\n", row.join(" | ")));
                    if index == 0 {
                        out.push_str(&format!("|{}\n", "---|".repeat(headers.len())));
                    }
                }
            }
            Rendering::Bars => {
                for (index, row) in all().enumerate() {
                    out.push_str(&format!("{}\n", row.join(" | ")));
                    if index == 0 {
                        out.push_str(&format!("{}---\n", "---|".repeat(headers.len() - 1)));
                    }
                }
            }
            Rendering::TrailingBars => {
                for (index, row) in all().enumerate() {
                    let (last, first) = row.split_last().expect("there are columns");
                    match index {
                        0 => out.push_str(&format!("{} |\n{}\n", row.join(" | "), "---|".repeat(headers.len()))),
                        _ => out.push_str(&format!("{} |\n{last} |\n", first.join(" | "))),
                    }
                }
            }
            Rendering::BarsApart => {
                for row in all() {
                    out.push('|');
                    for cell in row {
                        out.push_str(&format!("\n{cell} |"));
                    }
                    out.push('\n');
                }
            }
            Rendering::Paragraphs | Rendering::Lines => {
                let end = if self.rendering == Rendering::Paragraphs { "\n\n" } else { "\n" };
                for row in all() {
                    for cell in row.iter().filter(|cell| !cell.is_empty()) {
                        out.push_str(&format!("{cell}{end}"));
                    }
                }
            }
            Rendering::Blanks => {
                out.push_str(&format!("{}\n", headers.join(" ")));
                for row in rows {
                    let (last, first) = row.split_last().expect("there are columns");
                    out.push_str(&format!("{}\n\n{last}\n\n", first.join(" ").trim_end()));
                }
            }
            Rendering::Tabs => all().for_each(|row| out.push_str(&format!("{}\n", row.join("\t")))),
            Rendering::Html => {
                out.push_str("<table><thead>");
                for (index, row) in all().enumerate() {
                    let tag = if index == 0 { "th" } else { "td" };
                    out.push_str("<tr>");
                    row.iter().for_each(|cell| out.push_str(&format!("<{tag}><p>{}</p></{tag}>", escaped(cell))));
                    out.push_str("</tr>\n");
                    if index == 0 {
                        out.push_str("</thead><tbody>\n");
                    }
                }
                out.push_str("</tbody></table>\n");
            }
        }
        out.push('\n');
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
