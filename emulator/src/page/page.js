// The page: the list of operations, the operation that is shown, and the log.

import { ask, query } from "./admin.js";
import { call, copy } from "./calling.js";
import { errorList, fieldList, prose } from "./documentation.js";
import { at, piece } from "./element.js";
import { fillExamples, showForm } from "./form.js";
import { mark, startList } from "./list.js";
import { poll } from "./log.js";

let chosen = null;

function choose(operation) {
  chosen = operation;
  at("nothing").hidden = Boolean(operation);
  at("chosen").hidden = !operation;
  document.body.classList.toggle("has-operation", Boolean(operation));
  mark(operation);
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
  showForm(operation);
  at("response").replaceChildren(fieldList(operation.response, operation.response_types));
  at("errors").replaceChildren(errorList(operation.errors));
  // Signature V1 does not support paths.
  const [v3, v1] = at("signature").options;
  v1.disabled = operation.api_style === "ROA";
  if (v1.disabled) v3.selected = true;
  at("error").textContent = at("outcome").textContent = "";
  at("results").hidden = true;
  at("operation").scrollTop = 0;
}

// Shows the operation in the address, and returns it.
async function follow() {
  let wanted;
  try {
    wanted = location.hash.slice(1).split("/").map(decodeURIComponent);
  } catch {
    wanted = [""];
  }
  const [product, version, operation] = wanted;
  if (product === "operation" && wanted.length === 1) return null;
  const asked = location.hash;
  let found = null;
  let problem = "";
  if (operation) {
    at("nothing").textContent = `Loading ${operation} …`;
    try {
      const { operations } = await ask(query("operations", { product, version, operation }));
      // The address has changed again.
      if (asked !== location.hash) return null;
      found = operations[0] ?? null;
      if (!found) problem = `${wanted.join("/")} is not served. `;
    } catch (error) {
      problem = `${operation} cannot be loaded: ${error.message}. `;
    }
  }
  at("nothing").textContent = `${problem}Choose an operation.`;
  choose(found);
  return found;
}

async function start() {
  try {
    const index = await ask("");
    const total = index.products.reduce((sum, { operations }) => sum + operations, 0);
    const names = new Set(index.products.map(({ product }) => product.toLowerCase()));
    at("served").textContent = `${total} operations of ${names.size} products`;
    at("account").replaceChildren(...index.accounts.map((id) => piece("option", {}, id)));
    await startList(index.products);
  } catch (error) {
    at("served").textContent = `The emulator cannot be reached: ${error.message}`;
    return;
  }
  const send = (path) => {
    const called = chosen;
    call(path, called, () => chosen === called);
  };
  at("call").addEventListener("submit", (event) => {
    event.preventDefault();
    send("calls");
  });
  at("sign").addEventListener("click", () => send("requests"));
  at("fill").addEventListener("click", () => fillExamples(chosen));
  for (const button of document.querySelectorAll("button.copy")) button.addEventListener("click", () => copy(button));
  addEventListener("hashchange", async () => {
    if (await follow()) at("operation").focus();
  });
  await follow();
  setInterval(() => document.hidden || poll(), 1000);
  poll();
}

start();
