// The list of operations: all products, which load their operations when they are opened, or the results of a search.

import { ask, query } from "./admin.js";
import { at, breakable, piece } from "./element.js";

// The most operations that are listed for a search, and that are listed without being asked for.
const MOST_FOUND = 200;
const WAIT_MS = 150;

export const link = ({ product, version, operation }) => [product, version, operation].map(encodeURIComponent).join("/");

let products = [];
let total = 0;
// The link of the operation that is shown.
let current = "";

export function startList(all) {
  total = all.reduce((sum, { operations }) => sum + operations, 0);
  const byName = [...Map.groupBy(all, ({ product }) => product.toLowerCase())];
  products = byName.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, versions]) => versions);
  let waiting;
  at("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(list, WAIT_MS);
  });
  at("search").addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return;
    clearTimeout(waiting);
    await list();
    (at("operations").querySelector("a") ?? at("operations").querySelector("summary"))?.click();
  });
  return list();
}

// Marks the operation that is shown, and shows it in the list.
export async function mark(operation) {
  current = operation ? link(operation) : "";
  for (const one of at("operations").querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
  if (!operation) return;
  const group = [...at("operations").querySelectorAll("details[data-version]")].find(
    ({ dataset }) => dataset.product === operation.product && dataset.version === operation.version,
  );
  if (group) await open(group);
  const shown = [...at("operations").querySelectorAll("a")].find((one) => one.getAttribute("href") === `#${current}`);
  shown?.setAttribute("aria-current", "page");
  shown?.scrollIntoView({ block: "nearest" });
}

let latest = 0;

async function list() {
  const words = at("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const asked = (latest += 1);
  if (!words.length && total > MOST_FOUND) {
    at("operations").replaceChildren(...products.map(group));
    at("found").textContent = "";
    return;
  }
  try {
    const { found, operations } = await ask(query("search", { words: words.join(" "), limit: MOST_FOUND }));
    // Another search has begun.
    if (asked !== latest) return;
    const isMeant = ([{ product }]) => words.length && words.every((word) => product.toLowerCase().includes(word));
    const groups = total > MOST_FOUND ? products.filter(isMeant).map(group) : [];
    at("operations").replaceChildren(...groups, ...byVersion(operations));
    const shown = found > operations.length ? `The first ${operations.length} of ${found} operations.` : `${found} of ${total} operations.`;
    at("found").textContent = words.length ? shown : "";
  } catch (error) {
    if (asked === latest) at("found").textContent = `The search failed: ${error.message}`;
  }
}

function byVersion(operations) {
  const groups = Map.groupBy(operations, ({ product, version }) => `${product} ${version}`);
  return [...groups].flatMap(([title, found]) => [piece("h2", {}, title), links(found)]);
}

function links(operations) {
  return piece("ul", {}, "", operations.map((operation) => {
    const marked = link(operation) === current ? { "aria-current": "page" } : {};
    return piece("li", {}, "", [piece("a", { href: `#${link(operation)}`, ...marked }, "", breakable(operation.operation))]);
  }));
}

// A product with its versions, the latest first. Each version loads its operations when it is opened.
function group(versions) {
  const latestFirst = versions.toSorted((one, other) => (one.version < other.version ? 1 : -1));
  if (latestFirst.length === 1) return versionGroup(latestFirst[0], latestFirst[0].product);
  const counted = piece("span", { class: "count" }, `${versions.length} versions`);
  return piece("details", { class: "product" }, "", [
    piece("summary", {}, latestFirst[0].product, [counted]),
    ...latestFirst.map((one) => versionGroup(one, one.version)),
  ]);
}

function versionGroup({ product, version, operations }, title) {
  const made = piece("details", { "data-product": product, "data-version": version, title: `${product} ${version}` }, "", [
    piece("summary", {}, title, [piece("span", { class: "count" }, operations)]),
  ]);
  made.addEventListener("toggle", () => made.open && load(made));
  return made;
}

async function open(made) {
  for (let group = made; group; group = group.parentElement.closest("details")) group.open = true;
  await load(made);
}

async function load(made) {
  // Loading twice at once gives the same list twice.
  made.loading ??= ask(query("search", made.dataset)).then(
    ({ operations }) => made.append(links(operations)),
    (error) => {
      made.append(piece("p", { class: "bad" }, `The operations cannot be loaded: ${error.message}`));
    },
  );
  await made.loading;
}
