//! Finds the pagination of an operation by the names of its parameters and fields.
//!
//! Names are compared without case and separators, so `PageNumber`, `pageNumber` and `page_number` are the same.

use alicloud_model::{Field, Operation, Pagination, Range, SharedTypes, TokenPages, Turning, Type};

use super::effect::reads;
use super::field::is_whole_number;
use super::report::{Reason, Scope};

/// Parameters with the number of a page, the most frequent first.
const NUMBERS: [&str; 12] = [
    "pagenumber",
    "currentpage",
    "pageno",
    "pagenum",
    "page",
    "pageindex",
    "currentpagenumber",
    "currentpageno",
    "pagenumbers",
    "curpage",
    "pagenow",
    "pagecurrent",
];

/// Parameters with the maximum number of items on a page that is selected by its number.
const SIZES: [&str; 9] =
    ["pagesize", "limit", "size", "perpage", "pagelimit", "pagenumlimit", "maxresults", "rows", "pagecount"];

/// Parameters with the token of a page, each with the fields that contain the next token.
const TOKENS: [(&str, &[&str]); 8] = [
    ("nexttoken", &["nexttoken", "nextpagetoken", "token", "newnexttoken"]),
    ("nextpagetoken", &["nextpagetoken", "nexttoken"]),
    ("pagetoken", &["nextpagetoken", "nexttoken", "pagetoken"]),
    ("marker", &["nextmarker", "marker"]),
    ("nextmarker", &["nextmarker", "marker"]),
    ("cursor", &["nextcursor", "cursor"]),
    ("nextcursor", &["nextcursor", "cursor"]),
    ("continuationtoken", &["nextcontinuationtoken", "continuationtoken", "nexttoken"]),
];

/// Parameters with the maximum number of items on a page that is selected by a token.
const TOKEN_SIZES: [&str; 9] =
    ["maxresults", "maxresult", "maxitems", "maxitem", "maxkeys", "limit", "pagesize", "size", "count"];

/// Parameters with the number of items before a page.
const OFFSETS: [&str; 2] = ["offset", "pageoffset"];

/// Parameters with the maximum number of items on a page that is selected by an offset. Without one, the offset may be
/// another position.
const OFFSET_SIZES: [&str; 5] = ["limit", "pagesize", "length", "size", "count"];

/// Fields with the number of items on all pages, the most frequent first. `Count` is as often the number on this page.
const TOTALS: [&str; 16] = [
    "totalcount",
    "total",
    "totalnum",
    "totalrecordcount",
    "totalrecordscount",
    "totalrecords",
    "totalrecord",
    "totalrecordnum",
    "totalitems",
    "totalitem",
    "totalitemcount",
    "totalelements",
    "totalresults",
    "totalrows",
    "totalnumber",
    "totalsize",
];

/// Fields that report whether there are more pages.
const MORE: [&str; 7] = ["hasmore", "istruncated", "truncated", "hasnext", "hasnextpage", "havemore", "hasmorepage"];

/// Generic names of lists.
const PLAIN_LISTS: [&str; 16] = [
    "items",
    "item",
    "list",
    "data",
    "datas",
    "datalist",
    "records",
    "record",
    "rows",
    "results",
    "result",
    "resultlist",
    "content",
    "contents",
    "entities",
    "values",
];

/// The parts of an operation that determine its pagination.
pub(crate) struct Listing<'o> {
    pub(crate) operation: &'o Operation,
    /// The shared types of the document.
    pub(crate) types: &'o SharedTypes,
}

/// A field with the path to it.
struct Found<'o> {
    path: Vec<&'o str>,
    field: &'o Field,
}

impl Found<'_> {
    fn above(&self) -> &[&str] {
        self.path.split_last().map_or(&[], |(_, above)| above)
    }
}

impl Listing<'_> {
    /// Finds the pagination. If there are page parameters but no pagination, notes the reason.
    ///
    /// The name decides whether the operation lists. A tag that contradicts it makes the operation a write, which is not
    /// retried, but a page is requested by the caller.
    pub(crate) fn find(&self, scope: &Scope<'_>) -> Option<Pagination> {
        if !reads(&self.operation.name) {
            return None;
        }
        let parameters = self.parameters_of_pages();
        let response = self.outside_of_lists(&self.operation.response);
        let numbered = named(&parameters, &NUMBERS, is_page_value).filter(|found| is_page_number(found));
        let token = TOKENS.iter().find_map(|(name, next)| {
            let parameter = named(&parameters, &[name], is_page_value)?;
            Some((parameter, named(&response, next, is_page_value)))
        });
        let offset = named(&parameters, &OFFSETS, is_page_value)
            .filter(|_| named(&parameters, &OFFSET_SIZES, is_page_value).is_some());
        if numbered.is_none() && token.is_none() && offset.is_none() {
            return None;
        }
        let note = |detail: &str| {
            scope.note(Reason::Pagination, detail);
            None
        };
        let items = match self.items(&response) {
            Ok(items) => items,
            Err(why) => return note(why),
        };
        let total = self.near(&response, &TOTALS, is_page_value, items);
        let more = self.near(&response, &MORE, is_flag, items);
        let path = |found: &Found<'_>| found.path.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        let size = |names: &[&str]| named(&parameters, names, is_page_value).map(path);
        let token = token.and_then(|(parameter, next)| {
            Some(TokenPages { parameter: path(parameter), size: size(&TOKEN_SIZES), next: path(next?) })
        });
        let (turning, parameter, size, token) = if let Some(numbered) = numbered {
            let Some(first) = first_page(numbered.field) else {
                return note("the first page may be 0 or 1: the default is 0, but the example is not");
            };
            (Turning::Number { first }, path(numbered), size(&SIZES), token)
        } else if let Some(offset) = offset.filter(|_| token.is_none()) {
            (Turning::Offset, path(offset), size(&OFFSET_SIZES), None)
        } else if let Some(TokenPages { parameter, size, next }) = token {
            (Turning::Token { next }, parameter, size, None)
        } else {
            return note("the response has no token of the next page");
        };
        let (total, more) = (total.map(path), more.map(path));
        Some(Pagination { turning, parameter, size, total, more, items: path(items), token })
    }

    /// The parameters, and the members of those that are objects.
    fn parameters_of_pages(&self) -> Vec<Found<'_>> {
        let fields = self.operation.parameters.iter().map(|parameter| &parameter.field);
        let mut found: Vec<Found<'_>> =
            fields.clone().map(|field| Found { path: vec![field.name.as_str()], field }).collect();
        for parameter in fields.filter(|field| !field.name.contains('.')) {
            let members = self.types.members_of(&parameter.ty).unwrap_or_default();
            found.extend(
                members
                    .iter()
                    .filter(|member| !member.name.contains('.'))
                    .map(|field| Found { path: vec![parameter.name.as_str(), field.name.as_str()], field }),
            );
        }
        found
    }

    /// The fields outside of lists and maps, the outer ones first. Names with dots cannot be part of a path.
    fn outside_of_lists<'t>(&'t self, fields: &'t [Field]) -> Vec<Found<'t>> {
        const DEEPEST: usize = 5;
        let mut found: Vec<Found<'t>> = Vec::new();
        let mut level: Vec<(Vec<&'t str>, &'t [Field])> = vec![(Vec::new(), fields)];
        for _ in 0..DEEPEST {
            let mut below = Vec::new();
            for (above, fields) in level {
                for field in fields.iter().filter(|field| !field.name.contains('.')) {
                    let path: Vec<&str> = above.iter().copied().chain([field.name.as_str()]).collect();
                    below.extend(self.types.fields_of(&field.ty).map(|fields| (path.clone(), fields)));
                    found.push(Found { path, field });
                }
            }
            level = below;
        }
        found
    }

    /// Finds the list that is divided into pages.
    fn items<'f, 't>(&self, response: &'f [Found<'t>]) -> Result<&'f Found<'t>, &'static str> {
        let lists: Vec<&Found<'_>> = response.iter().filter(|found| matches!(found.field.ty, Type::List(_))).collect();
        let of_objects: Vec<&Found<'_>> = lists.iter().copied().filter(|found| self.has_objects(found)).collect();
        match (lists.as_slice(), of_objects.as_slice()) {
            ([], _) => return Err("the response has no list"),
            ([only], _) | (_, [only]) => return Ok(only),
            _ => {}
        }
        let candidates = if of_objects.is_empty() { lists } else { of_objects };
        let subject = normal(&self.operation.name);
        // The operation is named after the list with the longest name that is part of the operation's name.
        let called_after = candidates.iter().copied().filter_map(|found| {
            let length =
                names_of_list(found).into_iter().filter(|name| subject.contains(name.as_str())).map(|name| name.len());
            Some((length.max().filter(|length| *length > 3)?, found))
        });
        if let Some((_, found)) = called_after.rev().max_by_key(|(length, _)| *length) {
            return Ok(found);
        }
        let is_plain =
            |found: &&&Found<'_>| names_of_list(found).iter().any(|name| PLAIN_LISTS.contains(&name.as_str()));
        let mut plain = candidates.iter().filter(is_plain);
        if let (Some(found), None) = (plain.next(), plain.next()) {
            return Ok(found);
        }
        // The total is next to the list that it counts.
        let total = named(response, &TOTALS, is_page_value);
        let mut beside = candidates.iter().copied().filter(|found| {
            total.is_some_and(|total| {
                found.above() == total.above()
                    || found.above().split_last().is_some_and(|(_, above)| above == total.above())
            })
        });
        if let (Some(found), None) = (beside.next(), beside.next()) {
            return Ok(found);
        }
        Err("the response has several lists, and none has the name of the operation")
    }

    fn has_objects(&self, found: &Found<'_>) -> bool {
        matches!(&found.field.ty, Type::List(item) if matches!(**item, Type::Object(_) | Type::Shared(_)))
    }

    /// The field of one of these names that is nearest to the list: in the same object or one around it.
    fn near<'f, 't>(
        &self,
        response: &'f [Found<'t>],
        names: &[&str],
        fits: fn(&Field) -> bool,
        items: &Found<'_>,
    ) -> Option<&'f Found<'t>> {
        let around = |found: &&Found<'_>| items.above().starts_with(found.above());
        let of_name = |name: &&str| {
            let named = response.iter().filter(|found| normal(&found.field.name) == **name && fits(found.field));
            named.filter(around).max_by_key(|found| found.path.len())
        };
        names.iter().find_map(of_name).or_else(|| named(response, names, fits))
    }
}

/// The field with the first of these names that a fitting field has.
fn named<'f, 't>(fields: &'f [Found<'t>], names: &[&str], fits: fn(&Field) -> bool) -> Option<&'f Found<'t>> {
    names.iter().find_map(|name| {
        fields.iter().find(|found| {
            let last = found.field.name.rsplit('.').next().unwrap_or_default();
            normal(last) == *name && fits(found.field)
        })
    })
}

/// The names of a list: its own and that of the object around it, each also without a suffix such as `List`.
fn names_of_list(found: &Found<'_>) -> Vec<String> {
    let own = found.path.iter().rev().take(2).map(|name| normal(name));
    own.flat_map(|name| {
        let shorter = |name: &String| {
            let ends = ["list", "infos", "info", "set", "sets", "dtos", "dto", "s"];
            ends.iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned)
        };
        std::iter::successors(Some(name), shorter).collect::<Vec<_>>()
    })
    .filter(|name| !name.is_empty())
    .collect()
}

fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
}

fn is_page_value(field: &Field) -> bool {
    field.ty == Type::String || is_whole_number(&field.ty)
}

fn is_flag(field: &Field) -> bool {
    match &field.ty {
        Type::Boolean => true,
        Type::String => field
            .example
            .as_deref()
            .is_none_or(|example| matches!(example.to_ascii_lowercase().as_str(), "true" | "false")),
        _ => false,
    }
}

/// Whether a parameter with the name of a page number is one. A `Page` may be the name of a page.
fn is_page_number(found: &Found<'_>) -> bool {
    found.field.example.as_deref().is_none_or(|example| {
        let example = example.trim();
        is_whole_number(&found.field.ty) || example.parse::<u32>().is_ok_and(|number| number < 100_000)
    })
}

/// The number of the first page; `None` if the document contradicts itself.
fn first_page(field: &Field) -> Option<u8> {
    let is = |text: &Option<String>, number: &str| text.as_deref().map(str::trim) == Some(number);
    let least_is_above_0 = matches!(field.limits.range, Some(Range::Integer { min: Some(min), .. }) if min > 0);
    match (is(&field.default, "0"), is(&field.example, "0")) {
        _ if least_is_above_0 => Some(1),
        (true, true) => Some(0),
        (false, true) if field.default.is_none() => Some(0),
        (true, false) if field.example.is_some() => None,
        (true, false) => Some(0),
        _ => Some(1),
    }
}
