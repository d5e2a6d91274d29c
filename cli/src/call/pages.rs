//! All pages of a list, as one response.

use alicloud_model::{Field, Operation, Pagination, Service, TokenPages, Turning, Type};
use alicloud_runtime::dynamic::{Client, Input, PageTurning, Pagination as Described, Turn, Value};
use serde_json::Value as Json;

use crate::call::ended::Ended;
use crate::call::json_path::{list_at, values_at};
use crate::call::spec_operation::{Prepared, Unread};
use crate::call::target::Target;
use crate::ending::Failure;

/// A list that is divided into pages.
pub(super) struct Pages<'m> {
    pagination: &'m Pagination,
    described: Described,
}

impl<'m> Pages<'m> {
    /// Returns the pagination of the target's operation.
    pub(super) fn of(target: &Target<'m>) -> Result<Self, Failure> {
        let Target::Described { service, operation } = target else {
            return Err(Failure::new("without a spec, it is unknown how the list is divided into pages")
                .help("without `--all-pages`, the call returns one page"));
        };
        let pagination = operation.pagination.as_ref().ok_or_else(|| {
            Failure::new(format!("`{}` does not return a list in pages", operation.name))
                .help("call it without `--all-pages`")
        })?;
        match described(service, operation, pagination) {
            Some(described) => Ok(Self { pagination, described }),
            None => Err(Failure::new(format!("the parameters of the pages of `{}` are not there", operation.name))
                .help("this is a bug in `alicloud`, not in the call")),
        }
    }

    /// Requests every page. Returns the last response, with the items of all pages in its list.
    pub(super) async fn all(&self, client: &Client, prepared: &Prepared) -> Result<Json, Ended> {
        let mut input: Input = prepared.input.clone();
        let mut turning = PageTurning::new(self.described);
        let mut items: Vec<Json> = Vec::new();
        loop {
            let mut unread = Unread(prepared.response);
            let response = client.send(prepared.operation, &input, &mut unread).await.map_err(Ended::Call)?;
            let mut page = Ended::json(response.body())?;
            let of_page = list_at(&mut page, &self.pagination.items).map(std::mem::take).unwrap_or_default();
            let turn = turning.turn(&input, of_page.len(), &mut |field| value_at(&page, field));
            items.extend(of_page);
            match turn {
                Turn::To(parameter, value) => input.put_at(parameter, value),
                Turn::Back(reason) => return Err(Ended::Unreadable(reason)),
                Turn::End => {
                    if let Some(list) = list_at(&mut page, &self.pagination.items) {
                        *list = items;
                    }
                    return Ok(page);
                }
            }
        }
    }
}

/// The value of a response field, as the runtime compares it.
fn value_at(page: &Json, field: &str) -> Option<Value> {
    let path: Vec<String> = field.split('.').map(str::to_owned).collect();
    match values_at(page, &path).into_iter().next()? {
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Bool(flag) => Some(Value::Boolean(*flag)),
        Json::Number(number) => number.as_i64().map(Value::Integer),
        _ => None,
    }
}

/// The pagination with the indices of its parameters, which are leaked like those of the operation.
fn described(service: &Service, operation: &Operation, pagination: &Pagination) -> Option<Described> {
    let path = |path: &[String]| parameter_path(service, operation, path);
    let text = |path: &[String]| -> &'static str { Box::leak(path.join(".").into_boxed_str()) };
    let parameter = path(&pagination.parameter)?;
    let mut described = match &pagination.turning {
        Turning::Token { next } => Described::token(parameter, text(next)),
        Turning::Number { first } => Described::number(parameter, *first),
        Turning::Offset => Described::offset(parameter),
    };
    let is_text = operation.parameter_at(&service.types, &pagination.parameter)?.ty == Type::String;
    described = described.is_text(is_text);
    if let Some(size) = &pagination.size {
        described = described.size(path(size)?);
    }
    if let Some(total) = &pagination.total {
        described = described.total(text(total));
    }
    if let Some(more) = &pagination.more {
        described = described.more(text(more));
    }
    if let Some(TokenPages { parameter, size, next }) = &pagination.token {
        let size = size.as_ref().map_or(Some(&[][..]), |size| path(size))?;
        described = described.or_token(path(parameter)?, text(next), size);
    }
    Some(described)
}

/// The indices that lead to a parameter, or to a member of an object parameter.
fn parameter_path(service: &Service, operation: &Operation, path: &[String]) -> Option<&'static [u16]> {
    let mut fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
    let mut indices = Vec::new();
    for name in path {
        let ordered = Field::required_first(fields);
        let (index, field) = (0..).zip(ordered).find(|(_, field)| field.name == *name)?;
        indices.push(index);
        fields = service.types.members_of(&field.ty).into_iter().flatten().collect();
    }
    Some(Box::leak(indices.into_boxed_slice()))
}
