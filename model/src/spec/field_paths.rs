//! Finds fields by paths such as `Instances.Instance`.

use crate::spec::parameters::Parameter;
use crate::spec::types::{Field, SharedTypes};

/// Returns the field at a path such as `Instances.Instance`.
pub(crate) fn field_at<'f>(types: &'f SharedTypes, fields: &'f [Field], path: &[String]) -> Option<&'f Field> {
    let (first, rest) = path.split_first()?;
    let field = fields.iter().find(|field| &field.name == first)?;
    if rest.is_empty() { Some(field) } else { field_at(types, types.fields_of(&field.ty)?, rest) }
}

/// Returns the parameter at a path, or the member of an object parameter.
pub(crate) fn parameter_at<'f>(
    types: &'f SharedTypes,
    parameters: &'f [Parameter],
    path: &[String],
) -> Option<&'f Field> {
    let (first, rest) = path.split_first()?;
    let parameter = parameters.iter().find(|parameter| parameter.field.name == *first)?;
    member_at(types, &parameter.field, rest)
}

fn member_at<'f>(types: &'f SharedTypes, field: &'f Field, path: &[String]) -> Option<&'f Field> {
    let Some((first, rest)) = path.split_first() else { return Some(field) };
    member_at(types, types.members_of(&field.ty)?.iter().find(|member| member.name == *first)?, rest)
}
