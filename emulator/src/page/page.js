// All text of specs and responses becomes text nodes, never markup.
"use strict";

const API = "/_emulator/";
const KEPT_ROWS = 200;
const SCALARS = new Set(["String", "Integer", "Long", "Float", "Double", "Boolean", "Any", "Bytes", "Binary"]);

const at = (id) => document.getElementById(id);

// Creates an element with attributes, text and children.
function piece(tag, attributes = {}, text = "", within = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  made.append(...within);
  return made;
}

async function ask(path, body) {
  const how = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(API + path, how);
  const text = await reply.text();
  const result = text ? JSON.parse(text) : {};
  if (!reply.ok) throw new Error(result.error ?? `the emulator returned status ${reply.status}`);
  return result;
}

// --- Documentation

// Renders paragraphs, lists and `code` of Markdown. Everything else stays as it is.
function prose(text) {
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

function fieldList(fields) {
  const rows = fields.flatMap((field) => {
    const within = prose(field.doc);
    if (field.fields?.length) within.push(fieldList(field.fields));
    return [piece("dt", {}, field.name, [piece("span", { class: "type" }, field.type)]), piece("dd", {}, "", within)];
  });
  return rows.length ? piece("dl", {}, "", rows) : piece("p", { class: "quiet" }, "None.");
}

function errorList(errors) {
  const rows = errors.flatMap((error) => [
    piece("dt", {}, `${error.code} `, [piece("span", { class: "type" }, `HTTP ${error.status}`)]),
    piece("dd", {}, "", [piece("p", {}, error.message), ...prose(error.doc)]),
  ]);
  return rows.length ? piece("dl", {}, "", rows) : piece("p", { class: "quiet" }, "None.");
}

// --- The list of operations

const link = ({ product, version, operation }) => [product, version, operation].map(encodeURIComponent).join("/");

let operations = [];
let chosen = null;

function list() {
  const wanted = at("search").value.trim().toLowerCase().split(/\s+/);
  const isWanted = (one) => {
    const text = `${one.product} ${one.version} ${one.operation} ${one.summary}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const found = operations.filter(isWanted);
  const groups = new Map();
  for (const one of found) {
    const title = `${one.product} ${one.version}`;
    if (!groups.has(title)) groups.set(title, []);
    const current = one === chosen ? { "aria-current": "page" } : {};
    groups.get(title).push(piece("li", {}, "", [piece("a", { href: `#${link(one)}`, ...current }, one.operation)]));
  }
  const made = [...groups].flatMap(([title, items]) => [piece("h2", {}, title), piece("ul", {}, "", items)]);
  at("operations").replaceChildren(...made);
  at("found").textContent = found.length === operations.length ? "" : `${found.length} of ${operations.length}`;
}

// --- The operation

// Returns the example of a parameter as the value of its field. Structures are JSON, but their documented examples rarely are.
function filled({ type, example, fields }) {
  if (SCALARS.has(type)) return example;
  try {
    const value = JSON.parse(example);
    if (value !== null && typeof value === "object" && Array.isArray(value) === type.startsWith("List<")) return example;
  } catch {
    // Often it is the example of an item.
  }
  const value = structure(type, example, fields);
  return value === undefined ? null : JSON.stringify(value);
}

function structure(type, example, fields) {
  const item = /^List<(.*)>$/.exec(type)?.[1];
  if (item) {
    const value = structure(item, example, fields);
    return value === undefined ? undefined : [value];
  }
  if (type !== "Object") return SCALARS.has(type) ? (example ?? undefined) : undefined;
  const members = (fields ?? []).map((field) => [field.name, structure(field.type, field.example, field.fields)]);
  const known = members.filter(([, value]) => value !== undefined);
  return known.length ? Object.fromEntries(known) : undefined;
}

function input(parameter, id) {
  const { type, example, values } = parameter;
  const attributes = { id, name: parameter.name, "aria-describedby": `${id}-doc` };
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

function row(parameter, index) {
  const id = `parameter-${index}`;
  const title = [piece("span", { class: "type" }, parameter.type)];
  if (parameter.required) title.push(piece("span", { class: "required" }, "required"));
  const doc = prose(parameter.doc);
  if (parameter.values.length) doc.push(piece("p", {}, `One of ${parameter.values.join(", ")}.`));
  if (parameter.default !== null) doc.push(piece("p", {}, `Default: ${parameter.default}.`));
  if (parameter.fields?.length) doc.push(fieldList(parameter.fields));
  return piece("div", { class: "parameter" }, "", [
    piece("label", { for: id }, parameter.name, title),
    ...input(parameter, id),
    piece("div", { class: "doc", id: `${id}-doc` }, "", doc),
  ]);
}

function choose(operation) {
  chosen = operation;
  list();
  at("nothing").hidden = Boolean(operation);
  at("chosen").hidden = !operation;
  if (!operation) {
    document.title = "Alibaba Cloud emulator";
    return;
  }
  document.title = `${operation.operation} – Alibaba Cloud emulator`;
  at("name").textContent = operation.operation;
  const facts = [`${operation.product} ${operation.version}`, operation.api_style, operation.methods.join(", ")];
  if (operation.path !== "/") facts.push(operation.path);
  if (operation.qps !== null) facts.push(`${operation.qps} queries per second`);
  if (operation.deprecated) facts.push("deprecated");
  at("facts").textContent = facts.join(" · ");
  at("doc").replaceChildren(...prose(operation.summary), ...prose(operation.doc));
  const rows = operation.parameters.map(row);
  at("parameters").replaceChildren(...(rows.length ? rows : [piece("p", { class: "quiet" }, "None.")]));
  at("response").replaceChildren(fieldList(operation.response));
  at("errors").replaceChildren(errorList(operation.errors));
  // Signature V1 does not support paths.
  const [v3, v1] = at("signature").options;
  v1.disabled = operation.api_style === "ROA";
  if (v1.disabled) v3.selected = true;
  at("fill").hidden = !operation.parameters.some((parameter) => filled(parameter) !== null);
  at("error").textContent = at("outcome").textContent = "";
  at("results").hidden = true;
}

function follow() {
  let wanted;
  try {
    wanted = location.hash.slice(1).split("/").map(decodeURIComponent).join("/");
  } catch {
    wanted = "";
  }
  if (wanted === "operation") return;
  const found = operations.find((one) => `${one.product}/${one.version}/${one.operation}` === wanted);
  at("nothing").textContent = `${wanted && !found ? `${wanted} is not served. ` : ""}Choose an operation.`;
  choose(found ?? null);
  return found;
}

// --- Calling

async function call(path) {
  const form = at("call");
  const parameters = {};
  for (const { name, value } of form.querySelectorAll("#parameters [name]")) if (value !== "") parameters[name] = value;
  const { product, version, operation } = chosen;
  const called = chosen;
  const request = { product, version, operation, parameters };
  for (const choice of ["signature", "format", "account"]) request[choice] = at(choice).value;
  const buttons = [at("send"), at("sign")];
  // A disabled button loses the focus. `aria-disabled` keeps it.
  if (buttons.some((button) => button.getAttribute("aria-disabled") === "true")) return;
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  at("error").textContent = "";
  at("outcome").className = "";
  at("outcome").textContent = path === "calls" ? "Calling …" : "Signing …";
  try {
    const result = await ask(path, request);
    if (chosen === called) show(result);
  } catch (error) {
    at("outcome").textContent = "";
    at("error").textContent = `Not sent: ${error.message}`;
    at("results").hidden = true;
  } finally {
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
    poll();
  }
}

const NO_RESPONSE = {
  close: "The connection was closed without a response.",
  reset: "The connection was reset without a response.",
  silence: "There is no response, and the connection stays open.",
};

function show({ request, response, string_to_sign, canonical_request, rust, not_in_rust }) {
  const url = new URL(request.url);
  const lines = (headers) => headers.map(([name, value]) => `${name}: ${value}`);
  const rest = request.url.slice(url.origin.length);
  const head = [`${request.method} ${rest} HTTP/1.1`, ...lines(request.headers)].join("\n");
  at("request").textContent = request.body ? `${head}\n\n${request.body}` : head;
  at("string-to-sign").textContent = string_to_sign;
  at("canonical").hidden = canonical_request === null;
  at("canonical-request").textContent = canonical_request ?? "";
  at("rust").hidden = rust === null;
  at("rust").textContent = rust?.trimEnd() ?? "";
  const reasons = not_in_rust.map((reason) => piece("li", {}, reason));
  const unwritten = [piece("p", {}, "There is no Rust code for this call:"), piece("ul", {}, "", reasons)];
  at("not-in-rust").replaceChildren(...(reasons.length ? unwritten : []));
  at("received").hidden = !response;
  at("results").hidden = false;
  if (!response) {
    at("outcome").textContent = "Signed, but not sent.";
  } else if (response.connection) {
    at("outcome").className = "bad";
    at("outcome").textContent = at("received-response").textContent = NO_RESPONSE[response.connection];
  } else {
    const status = `${response.status} ${response.reason ?? ""}`.trim();
    at("outcome").className = response.status < 300 ? "good" : "bad";
    at("outcome").textContent = `Response: ${status}.`;
    const cut = response.complete ? "" : "\n\n(The connection was closed before the end of the body.)";
    const head = [`HTTP/1.1 ${status}`, ...lines(response.headers)].join("\n");
    at("received-response").textContent = `${head}\n\n${readable(response.body)}${cut}`;
  }
}

function readable(body) {
  if (/^\s*[[{]/.test(body)) return readableJson(body);
  return /^\s*</.test(body) ? readableXml(body) : body;
}

// Indents the text itself. Parsing and writing numbers could lose digits.
function readableJson(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = () => "\n" + "  ".repeat(depth);
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  return tokens.map((token, index) => {
    if (token === "{" || token === "[") {
      depth += 1;
      return /[}\]]/.test(tokens[index + 1]) ? token : token + line();
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      return /^[{[]$/.test(tokens[index - 1]) ? token : line() + token;
    }
    if (token === ",") return token + line();
    return token === ":" ? ": " : token;
  }).join("");
}

function readableXml(text) {
  let depth = 0;
  return text.trim().replace(/>\s*</g, ">\n<").split("\n").map((line) => {
    if (line.startsWith("</")) depth -= 1;
    const indented = "  ".repeat(Math.max(depth, 0)) + line;
    if (/^<[^/?!]/.test(line) && !/\/>$/.test(line) && !line.includes("</")) depth += 1;
    return indented;
  }).join("\n");
}

// --- The log

let last = 0;
let polling = null;

async function poll() {
  if (polling) return polling;
  polling = readLog().finally(() => (polling = null));
  return polling;
}

async function readLog() {
  try {
    const log = await ask(`calls?after=${last}&limit=${KEPT_ROWS}`);
    // A lower number: the log was cleared, or the emulator was restarted.
    if (log.last < last) {
      last = 0;
      at("calls").replaceChildren();
      return;
    }
    last = log.last;
    at("calls").prepend(...log.calls.map(logRow).reverse());
    while (at("calls").rows.length > KEPT_ROWS) at("calls").deleteRow(-1);
    at("log-state").textContent = last ? "" : "No calls yet.";
  } catch (error) {
    at("log-state").textContent = `The calls cannot be loaded: ${error.message}`;
  }
}

function logRow(call) {
  const isGood = !call.code && call.status < 400 && call.status !== null;
  const response = [call.status ?? "none", call.code].filter(Boolean).join(" ");
  const cells = [
    [call.number, ""], [call.time.slice(11, 19), "wide time"], [call.product, "wide"],
    [call.operation || `${call.method} ${call.path}`, ""], [response, isGood ? "good" : "bad"],
    [call.took_ms, "wide"], [call.signature ?? "no", "wide"], [JSON.stringify(call.input ?? {}), "wide parameters"],
  ];
  return piece("tr", {}, "", cells.map(([text, kind]) => piece("td", { class: kind }, "", breakable(String(text)))));
}

// Allows line breaks between the words of long names.
function breakable(text) {
  const words = text.split(/(?<=[a-z])(?=[A-Z])|(?<=\.)/);
  return words.flatMap((word, index) => (index ? [piece("wbr"), word] : [word]));
}

// --- Start

async function start() {
  try {
    const [index, described] = await Promise.all([ask(""), ask("operations")]);
    operations = described.operations;
    at("served").textContent = `${operations.length} operations of ${index.products.length} products`;
    at("account").replaceChildren(...index.accounts.map((id) => piece("option", {}, id)));
  } catch (error) {
    at("served").textContent = `The emulator cannot be reached: ${error.message}`;
    return;
  }
  at("search").addEventListener("input", list);
  at("search").addEventListener("keydown", (event) => {
    const first = at("operations").querySelector("a");
    if (event.key === "Enter" && first) first.click();
  });
  at("call").addEventListener("submit", (event) => {
    event.preventDefault();
    call("calls");
  });
  at("sign").addEventListener("click", () => call("requests"));
  at("fill").addEventListener("click", () => {
    for (const parameter of chosen.parameters) {
      const field = at("call").querySelector(`#parameters [name="${CSS.escape(parameter.name)}"]`);
      const example = filled(parameter);
      if (field.value === "" && example !== null) field.value = example;
    }
  });
  addEventListener("hashchange", () => {
    if (follow()) at("operation").focus();
  });
  follow();
  setInterval(() => document.hidden || poll(), 1000);
  poll();
}

start();
