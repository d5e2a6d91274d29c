// Sends the call of the form, and shows the request and the response.

import { ask } from "./admin.js";
import { at, piece } from "./element.js";
import { clearErrors, showErrorAtField, values } from "./form.js";
import { readable } from "./format.js";
import { poll } from "./log.js";

// Calls or signs an operation. `isShown` returns whether it is still the one that is shown.
export async function call(path, { product, version, operation }, isShown) {
  const request = { product, version, operation, parameters: values() };
  for (const choice of ["signature", "format", "account"]) request[choice] = at(choice).value;
  const buttons = [at("send"), at("sign")];
  // A disabled button loses the focus. `aria-disabled` keeps it.
  if (buttons.some((button) => button.getAttribute("aria-disabled") === "true")) return;
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  clearErrors();
  at("error").textContent = "";
  at("outcome").className = "";
  at("outcome").textContent = path === "calls" ? "Calling …" : "Signing …";
  try {
    const result = await ask(path, request);
    if (isShown()) show(result);
  } catch (error) {
    if (!isShown()) return;
    at("outcome").textContent = "";
    at("results").hidden = true;
    at("error").textContent = `Not sent: ${error.message}`;
    showErrorAtField("", error.message);
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
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = at(button.dataset.copies).hidden;
    button.textContent = "Copy";
  }
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
    const failure = response.status < 300 ? null : failureOf(response.body);
    if (failure && showErrorAtField(failure.code, failure.message)) return;
  }
  at("results").scrollIntoView({ block: "start" });
}

// The code and the message of a failed call.
function failureOf(body) {
  const inXml = (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  try {
    const { Code, code, Message, message } = JSON.parse(body);
    return { code: String(Code ?? code ?? ""), message: String(Message ?? message ?? "") };
  } catch {
    return { code: inXml("Code") ?? "", message: inXml("Message") ?? "" };
  }
}

// --- Copying

export async function copy(button) {
  const source = at(button.dataset.copies);
  button.textContent = (await isCopied(source)) ? "Copied" : "Select and copy it";
}

async function isCopied(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // At an address of another machine, browsers do not offer the clipboard to scripts.
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}
