// Renders the documentation of an operation.

import { piece } from "./element.js";

// Renders paragraphs, lists and `code` of Markdown. Everything else stays as it is.
export function prose(text) {
  const blocks = text.split(/\n\s*\n/).map((block) => block.trim()).filter(Boolean);
  return blocks.map((block) => {
    const lines = block.split(/\n(?=[-*] )/);
    if (lines.every((line) => /^[-*] /.test(line))) {
      return piece("ul", {}, "", lines.map((line) => piece("li", {}, "", inline(line.slice(2)))));
    }
    return piece("p", {}, "", inline(block));
  });
}

function inline(text) {
  const parts = text.split(/(`[^`]+`)/);
  return parts.filter(Boolean).map((part) => (/^`[^`]+`$/.test(part) ? piece("code", {}, part.slice(1, -1)) : part));
}

// The documented values, limits and default of a field.
export function facts({ values, limits, default: usual }) {
  const sentences = [];
  if (values.length) sentences.push(`One of ${values.join(", ")}.`);
  if (limits.length) sentences.push(`${limits.join(", ")}.`.replace(/^./, (first) => first.toUpperCase()));
  if (usual !== null) sentences.push(`Default: ${usual}.`);
  return sentences.length ? [piece("p", {}, "", inline(sentences.join(" ")))] : [];
}

// The fields of an object. `types` has the fields of shared types, which can contain themselves, so they are rendered when
// they are opened.
export function fieldList(fields, types) {
  const rows = fields.flatMap((field) => {
    const within = [...prose(field.doc), ...facts(field)];
    if (field.fields?.length) within.push(fieldList(field.fields, types));
    const shared = sharedType(field.type, types);
    if (shared) within.push(opened(shared, types));
    const title = [piece("span", { class: "type" }, field.type)];
    if (field.required) title.push(piece("span", { class: "required" }, "required"));
    return [piece("dt", {}, field.name, title), piece("dd", {}, "", within)];
  });
  return rows.length ? piece("dl", {}, "", rows) : piece("p", { class: "quiet" }, "None.");
}

// The name of the shared type in a type such as `List<Node>`, if there is one.
export function sharedType(type, types) {
  const name = type.replace(/^(?:(?:List|Map)<)+/, "").replace(/>+$/, "");
  return Object.hasOwn(types, name) ? name : undefined;
}

export function opened(name, types) {
  const made = piece("details", { class: "shared" }, "", [piece("summary", {}, `Members of ${name}`)]);
  made.addEventListener("toggle", () => made.append(fieldList(types[name], types)), { once: true });
  return made;
}

export function errorList(errors) {
  const rows = errors.flatMap((error) => [
    piece("dt", {}, `${error.code} `, [piece("span", { class: "type" }, `HTTP ${error.status}`)]),
    piece("dd", {}, "", [piece("p", {}, error.message), ...prose(error.doc)]),
  ]);
  return rows.length ? piece("dl", {}, "", rows) : piece("p", { class: "quiet" }, "None.");
}
