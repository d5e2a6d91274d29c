// The form of an operation: a field for each parameter, their examples, and errors at their fields.

import { facts, fieldList, opened, prose, sharedType } from "./documentation.js";
import { at, piece } from "./element.js";

const SCALARS = new Set(["String", "Integer", "Long", "Float", "Double", "Boolean", "Any", "Bytes", "Binary"]);
// With more optional parameters, they are hidden at first.
const MOST_OPTIONAL = 6;
// A longer structure does not fit into a line.
const LONGEST = 60;

// Shows a field for each parameter, the required ones first.
export function showForm(operation) {
  const required = operation.parameters.filter((parameter) => parameter.required);
  const optional = operation.parameters.filter((parameter) => !parameter.required);
  const made = [];
  for (const groups of operation.any_of) {
    made.push(piece("p", { class: "quiet" }, `Set ${groups.map((group) => group.join(" with ")).join(", or ")}.`));
  }
  made.push(...required.map((parameter) => row(parameter, operation)));
  if (optional.length) {
    const open = optional.length <= MOST_OPTIONAL || !required.length ? { open: "" } : {};
    const counted = `${optional.length} optional ${optional.length === 1 ? "parameter" : "parameters"}`;
    made.push(piece("details", { class: "optional", ...open }, "", [
      piece("summary", {}, counted), ...optional.map((parameter) => row(parameter, operation)),
    ]));
  }
  at("parameters").replaceChildren(...(made.length ? made : [piece("p", { class: "quiet" }, "None.")]));
  at("fill").hidden = !Object.keys(exampleValues(operation)).length;
}

function row(parameter, operation) {
  const id = `parameter-${operation.parameters.indexOf(parameter)}`;
  const title = [piece("span", { class: "type" }, parameter.type)];
  if (parameter.required) title.push(piece("span", { class: "required" }, "required"));
  const doc = [...prose(parameter.doc), ...facts(parameter)];
  if (parameter.fields?.length) {
    const members = piece("details", { class: "shared" }, "", [
      piece("summary", {}, "Members"), fieldList(parameter.fields, operation.types),
    ]);
    doc.push(members);
  }
  const shared = sharedType(parameter.type, operation.types);
  if (shared) doc.push(opened(shared, operation.types));
  return piece("div", { class: "parameter" }, "", [
    piece("label", { for: id }, parameter.name, title),
    ...input(parameter, id),
    piece("p", { class: "bad", id: `${id}-error` }),
    piece("div", { class: "doc", id: `${id}-doc` }, "", doc),
  ]);
}

function input(parameter, id) {
  const { type, example, values } = parameter;
  const attributes = { id, name: parameter.name, "aria-describedby": `${id}-error ${id}-doc` };
  if (parameter.required) attributes["aria-required"] = "true";
  if (type === "Boolean") {
    const option = (value) => piece("option", { value }, value || "(not sent)");
    return [piece("select", attributes, "", ["", "true", "false"].map(option))];
  }
  if (!SCALARS.has(type)) {
    const shape = type.startsWith("List<") ? "[…]" : "{…}";
    return [piece("textarea", { ...attributes, spellcheck: "false", placeholder: example ?? `JSON: ${shape}` })];
  }
  if (type === "Binary" || type === "Any") {
    return [piece("textarea", { ...attributes, spellcheck: "false", placeholder: example ?? "" })];
  }
  const made = { ...attributes, spellcheck: "false", placeholder: example ?? "" };
  if (parameter.sensitive) made.type = "password";
  if (/^(Integer|Long)$/.test(type)) made.inputmode = "numeric";
  if (!values.length) return [piece("input", made)];
  made.list = `${id}-values`;
  const options = values.map((value) => piece("option", { value }));
  return [piece("input", made), piece("datalist", { id: made.list }, "", options)];
}

const fields = () => [...at("parameters").querySelectorAll("[name]")];

// The values that are filled in, by the names of their parameters.
export function values() {
  const filled = fields().filter(({ value }) => value !== "");
  return Object.fromEntries(filled.map(({ name, value }) => [name, value]));
}

// --- Examples

// Fills in example values where there is no value.
export function fillExamples(operation) {
  const examples = exampleValues(operation);
  for (const field of fields()) {
    if (field.value !== "" || !Object.hasOwn(examples, field.name)) continue;
    field.value = examples[field.name];
    const hidden = field.closest("details.optional");
    if (hidden) hidden.open = true;
    clear(field);
  }
}

// The values of the first documented request. Without one, examples of the required parameters, or of all if none is required.
function exampleValues({ parameters, examples, any_of }) {
  const text = (value) => (typeof value === "string" ? value : written(value));
  const documented = Object.entries(examples[0] ?? {}).map(([name, value]) => [name, text(value)]);
  if (documented.length) return Object.fromEntries(documented);
  const chosen = new Set(any_of.map(([first]) => first).flat());
  const needed = parameters.filter((parameter) => parameter.required || chosen.has(parameter.name));
  const filledIn = (needed.length ? needed : parameters).map((parameter) => [parameter.name, filled(parameter)]);
  return Object.fromEntries(filledIn.filter(([, value]) => value !== null));
}

// The example of a parameter as the value of its field. Structures are JSON, but their documented examples rarely are.
function filled({ type, example, fields: members }) {
  if (SCALARS.has(type)) return example;
  try {
    const value = JSON.parse(example);
    if (value !== null && typeof value === "object" && Array.isArray(value) === type.startsWith("List<")) return example;
  } catch {
    // Often it is the example of an item.
  }
  const value = structure(type, example, members);
  return value === undefined ? null : written(value);
}

// A long structure is indented.
function written(value) {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? JSON.stringify(value, null, 2) : text;
}

function structure(type, example, members) {
  const item = /^List<(.*)>$/.exec(type)?.[1];
  if (item) {
    const value = structure(item, example, members);
    return value === undefined ? undefined : [value];
  }
  if (type !== "Object") return SCALARS.has(type) ? (example ?? undefined) : undefined;
  const known = (members ?? []).map((field) => [field.name, structure(field.type, field.example, field.fields)]);
  const set = known.filter(([, value]) => value !== undefined);
  return set.length ? Object.fromEntries(set) : undefined;
}

// --- Errors

// Shows an error at the field that it is about, and returns whether there is one. The codes of the gateway and of most
// services contain the parameter, such as `MissingRegionId` or `InvalidInstanceId.NotFound`.
export function showErrorAtField(code, message) {
  const about = (name) => {
    const rest = new RegExp(`^(?:Missing|Invalid|Illegal|Incorrect)\\.?(.*)$`).exec(code)?.[1] ?? code;
    return rest === name || rest.startsWith(`${name}.`) || message.startsWith(`\`${name}\``) || message.startsWith(`${name}: `);
  };
  const [field] = fields().filter(({ name }) => about(name)).sort((one, other) => other.name.length - one.name.length);
  if (!field) return false;
  at(`${field.id}-error`).textContent = message;
  field.setAttribute("aria-invalid", "true");
  const hidden = field.closest("details");
  if (hidden) hidden.open = true;
  field.addEventListener("input", () => clear(field), { once: true });
  field.focus();
  return true;
}

export function clearErrors() {
  fields().forEach(clear);
}

function clear(field) {
  field.removeAttribute("aria-invalid");
  at(`${field.id}-error`).textContent = "";
}
