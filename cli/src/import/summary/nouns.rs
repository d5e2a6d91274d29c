//! The nouns in names of operations: their spelling, plural and article.

/// Words with another spelling in a sentence. The plurals follow from the singulars.
const SPELLINGS: [(&str, &str); 37] = [
    ("addon", "add-on"),
    ("attr", "attribute"),
    ("cert", "certificate"),
    ("conf", "configuration"),
    ("config", "configuration"),
    ("conn", "connection"),
    ("ddos", "DDoS"),
    ("dict", "dictionary"),
    ("doc", "document"),
    ("elasticsearch", "Elasticsearch"),
    ("env", "environment"),
    ("expr", "expression"),
    ("hdfs", "HDFS"),
    ("info", "information"),
    ("iot", "IoT"),
    ("kafka", "Kafka"),
    ("kubernetes", "Kubernetes"),
    ("mongodb", "MongoDB"),
    ("msg", "message"),
    ("mysql", "MySQL"),
    ("num", "number"),
    ("param", "parameter"),
    ("pkg", "package"),
    ("perm", "permission"),
    ("pic", "picture"),
    ("polardb", "PolarDB"),
    ("repo", "repository"),
    ("src", "source"),
    ("spec", "specification"),
    ("stat", "statistic"),
    ("vswitch", "vSwitch"),
    ("vserver", "vServer"),
    ("vrouter", "vRouter"),
    ("wifi", "Wi-Fi"),
    ("oauth", "OAuth"),
    ("ipv4", "IPv4"),
    ("ipv6", "IPv6"),
];

/// Acronyms, which names often write like words.
const ACRONYMS: [&str; 128] = [
    "acl", "ack", "ai", "aiot", "alb", "api", "arm", "arn", "asr", "bgp", "cc", "cdn", "cdt", "cen", "cidr", "cname",
    "cpu", "csr", "cve", "das", "db", "dbs", "dcdn", "dlq", "dms", "dns", "drds", "dts", "dytns", "eai", "eci", "ecs",
    "eip", "emr", "eni", "ens", "esl", "fc", "fpga", "gad", "gpu", "gtm", "ha", "hana", "hpo", "http", "https", "id",
    "idp", "ip", "ipam", "ips", "ipsec", "isp", "json", "jwt", "kms", "kv", "llm", "mac", "mcp", "mfa", "ml", "mms",
    "mq", "mqtt", "mse", "mts", "nas", "nat", "nis", "nlb", "ocr", "oidc", "oos", "os", "oss", "ota", "pdf", "pdns",
    "ppt", "pts", "qos", "qps", "qr", "ram", "rds", "rpc", "rtc", "rtmp", "rum", "saml", "sag", "sas", "scim", "scdn",
    "sdk", "sip", "slb", "slr", "sls", "sms", "snat", "sql", "sso", "ssh", "ssl", "sts", "tcp", "tde", "tls", "tts",
    "udf", "udp", "uid", "uri", "url", "uuid", "vbr", "vip", "vm", "vod", "vpc", "vpd", "vpn", "vtn", "waf", "xml",
];

/// Acronyms that are spoken as words, unlike "an SSL certificate".
const SPOKEN_AS_WORDS: [&str; 14] =
    ["HANA", "LAN", "MAC", "NAS", "NAT", "RAM", "ROS", "RUM", "SAG", "SAML", "SCIM", "SIM", "SIP", "SNAT"];

/// Singular words that end with an "s".
const SINGULAR_WITH_S: [&str; 21] = [
    "access",
    "address",
    "alias",
    "analysis",
    "antivirus",
    "basis",
    "bus",
    "business",
    "canvas",
    "class",
    "cors",
    "diagnosis",
    "nas",
    "nacos",
    "process",
    "progress",
    "redis",
    "status",
    "synthesis",
    "virus",
    "corpus",
];

/// Words that name one thing of the object, or that have no plural.
const DEFINITE: [&str; 63] = [
    "access",
    "attribute",
    "authentication",
    "auth",
    "authorization",
    "bandwidth",
    "capacity",
    "charge",
    "configuration",
    "content",
    "count",
    "coverage",
    "data",
    "default",
    "description",
    "detail",
    "encryption",
    "health",
    "history",
    "identity",
    "information",
    "interval",
    "inventory",
    "latency",
    "level",
    "list",
    "meta",
    "metadata",
    "mode",
    "monitoring",
    "name",
    "number",
    "order",
    "overview",
    "owner",
    "password",
    "payment",
    "position",
    "price",
    "priority",
    "progress",
    "protection",
    "quota",
    "rate",
    "relation",
    "remark",
    "result",
    "scope",
    "security",
    "setting",
    "size",
    "software",
    "specification",
    "state",
    "statistic",
    "status",
    "storage",
    "summary",
    "time",
    "total",
    "traffic",
    "type",
    "usage",
];

/// The definite words that have no plural.
const UNCOUNTABLE: [&str; 18] = [
    "access",
    "auth",
    "authentication",
    "authorization",
    "content",
    "data",
    "encryption",
    "health",
    "information",
    "inventory",
    "metadata",
    "meta",
    "monitoring",
    "progress",
    "security",
    "software",
    "storage",
    "traffic",
];

/// Words that are not nouns. An object that ends with one is ambiguous.
const NO_NOUNS: [&str; 19] = [
    "async",
    "available",
    "batch",
    "directly",
    "enabled",
    "external",
    "internal",
    "latest",
    "legacy",
    "locally",
    "new",
    "now",
    "offline",
    "old",
    "online",
    "only",
    "simple",
    "sync",
    "v",
];

/// The last word of an object.
pub(super) struct Noun {
    pub(super) text: String,
}

impl Noun {
    pub(super) fn new(word: &str) -> Self {
        let text = match spelled(word).as_str() {
            // "Information" has no plural.
            "informations" => "information".to_owned(),
            text => text.to_owned(),
        };
        Self { text }
    }

    pub(super) fn is_noun(&self) -> bool {
        !NO_NOUNS.contains(&self.text.as_str())
    }

    pub(super) fn is_plural(&self) -> bool {
        let Self { text } = self;
        let is_irregular = ["children", "criteria", "people", "media"].contains(&text.as_str());
        is_irregular
            || (text.len() > 2 && text.ends_with('s') && !SINGULAR_WITH_S.contains(&text.to_lowercase().as_str()))
    }

    pub(super) fn is_definite(&self) -> bool {
        DEFINITE.contains(&self.text.as_str())
    }

    pub(super) fn plural(&self) -> String {
        if self.is_plural() || UNCOUNTABLE.contains(&self.text.as_str()) {
            return self.text.clone();
        }
        plural(&self.text)
    }
}

/// A word as it is written in a sentence: acronyms in capitals, other words in lower case.
pub(super) fn spelled(word: &str) -> String {
    // `Dns` is not a plural, but `Vms` is.
    let is_known = |word: &str| SPELLINGS.iter().any(|(name, _)| *name == word) || ACRONYMS.contains(&word);
    let lower = word.to_lowercase();
    if !is_known(&lower)
        && let Some(stem) = ["s", "es"].iter().find_map(|end| lower.strip_suffix(end).filter(|stem| is_known(stem)))
        && let Some(known) = spelled_singular(stem)
    {
        return plural(&known);
    }
    if let Some(known) = spelled_singular(word) {
        return known;
    }
    // An acronym, or a single letter.
    let has_capitals = word.bytes().any(|byte| byte.is_ascii_uppercase());
    let has_small = word.trim_end_matches('s').bytes().any(|byte| byte.is_ascii_lowercase());
    if has_capitals && !has_small { word.to_owned() } else { word.to_lowercase() }
}

fn spelled_singular(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if let Some((_, text)) = SPELLINGS.iter().find(|(name, _)| *name == lower) {
        return Some((*text).to_owned());
    }
    // A word without vowels is an acronym too.
    let is_unspeakable = (2..=5).contains(&lower.len())
        && lower.bytes().all(|byte| byte.is_ascii_lowercase() && !b"aeiouy".contains(&byte));
    (is_unspeakable || ACRONYMS.contains(&lower.as_str())).then(|| word.to_uppercase())
}

/// "a" or "an" before the word.
pub(super) fn article(word: &str) -> &'static str {
    let is_acronym = word.bytes().take(2).all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let is_spoken_as_a_word = SPOKEN_AS_WORDS.contains(&word);
    let an = if is_acronym && !is_spoken_as_a_word {
        word.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X', '8'])
    } else {
        let lower = word.to_lowercase();
        let sounds_like_you = ["uni", "use", "usa", "usi", "usu", "eu", "one", "uti", "uui"];
        let has_silent_h = ["hour", "honor", "honest"];
        has_silent_h.iter().any(|start| lower.starts_with(start))
            || (lower.starts_with(['a', 'e', 'i', 'o', 'u'])
                && (lower.starts_with("unin") || !sounds_like_you.iter().any(|start| lower.starts_with(start))))
    };
    if an { "an" } else { "a" }
}

fn plural(word: &str) -> String {
    if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return if word.ends_with('S') { word.to_owned() } else { format!("{word}s") };
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match word {
        "child" => return "children".to_owned(),
        "person" => return "people".to_owned(),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    if let Some(stem) = word.strip_suffix("sis") {
        return format!("{stem}ses");
    }
    if ends(&["s", "x", "ch", "sh", "z"]) { format!("{word}es") } else { format!("{word}s") }
}
