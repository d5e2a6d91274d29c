// Tests the emulator's page in headless Chromium with the keyboard only, and takes screenshots in desktop and phone width.
//
//   node emulator/tests/page/in_chromium.mjs PLAYWRIGHT CHROMIUM FOLDER
//
// PLAYWRIGHT is the folder of the package `playwright-core`, CHROMIUM the browser's executable, FOLDER the screenshots' folder.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [library, browserPath, folder] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(resolve(library));
mkdirSync(folder, { recursive: true });

// A separate process group, because `cargo run` does not forward signals.
const arguments_ = ["run", "--quiet", "--package", "alicloud-cli", "--", "emulate", "--port", "0"];
const emulator = spawn("cargo", arguments_, { detached: true, stdio: ["ignore", "pipe", "inherit"] });

async function endpoint() {
  let output = "";
  for await (const chunk of emulator.stdout) {
    output += chunk;
    const found = /endpoint +(http:\S+)/.exec(output);
    if (found) return found[1];
  }
  throw new Error(`the emulator did not start:\n${output}`);
}

// Presses Tab until the element has the focus.
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

async function callByKeyboard(page, url) {
  await page.goto(url);
  await page.getByText(/^\d+ operations of \d+ products$/).waitFor();
  const { products } = await (await fetch(`${url}/_emulator/`)).json();
  const names = new Set(products.map(({ product }) => product.toLowerCase()));
  assert.equal(await page.locator("#operations > details").count(), names.size);
  assert.equal(await page.locator("nav a").count(), 0, "operations are loaded when a product is opened");

  await tabTo(page, "#search");
  await page.keyboard.type("ecs deleteactivation");
  await page.locator("nav a").waitFor();
  assert.equal(await page.locator("nav a").count(), 1);
  assert.match(await page.locator("#found").innerText(), /^1 of \d+ operations\.$/);
  await tabTo(page, "nav a");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, "none", "the focus is visible");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "DeleteActivation" }).waitFor();
  assert.equal(new URL(page.url()).hash, "#Ecs/2014-05-26/DeleteActivation");

  for (const [name, value] of [["RegionId", "cn-hangzhou"], ["ActivationId", "a<b>&c/中 d"]]) {
    await tabTo(page, `[name=${name}]`);
    await page.keyboard.type(value);
  }
  await tabTo(page, "#signature");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "#send");
  await page.keyboard.press("Enter");
  await page.getByText("Response: 200 OK.").waitFor();

  const text = (id) => page.locator(id).innerText();
  const stringToSign = await text("#string-to-sign");
  // Encoded twice, as in signature version 1.0.
  assert.match(stringToSign, /^POST&%2F&AccessKeyId%3Dtestid%26Action%3DDeleteActivation%26/);
  assert.ok(stringToSign.includes("%26ActivationId%3Da%253Cb%253E%2526c%252F%25E4%25B8%25AD%2520d%26"), stringToSign);
  const request = await text("#request");
  assert.match(request, /^POST \/\?RegionId=cn-hangzhou&.*&Signature=\S+ HTTP\/1\.1\n/);
  assert.match(request, /\nhost: ecs\.localhost:\d+\n/);
  const response = await text("#received-response");
  assert.match(response, /^HTTP\/1\.1 200 OK\n/);
  assert.match(response, /\n {2}"Activation": \{\n {4}"/);
  assert.equal(
    (await text("#rust")).split("\n")[1],
    'let request = ecs::DeleteActivationRequest::new("cn-hangzhou", "a<b>&c/中 d");',
  );
  const row = page.locator("#calls tr").first();
  await row.waitFor();
  assert.match(await row.innerText(), /^1\s.*\sDeleteActivation\s+200\s/s);

  // Enter in a field sends the call, too. The page shows an error of the gateway.
  await page.keyboard.press("Shift+Tab");
  for (let presses = 0; presses < 9; presses += 1) {
    if (await page.evaluate(() => document.activeElement.name === "ActivationId")) break;
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await page.getByText("Response: 400 Bad Request.").waitFor();
  assert.match(await text("#received-response"), /"Code": "MissingActivationId"/);
  const field = page.locator("[name=ActivationId]");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.equal(await text(`#${await field.getAttribute("id")}-error`), "ActivationId is mandatory for this action.");
  assert.ok(await field.evaluate((one) => one === document.activeElement), "the field with the error has the focus");
  assert.ok(await page.locator("#rust").isHidden());
  assert.equal(await text("#not-in-rust li"), "ActivationId: is required");
  await page.locator("#calls tr").nth(1).waitFor();
  assert.match(await page.locator("#calls tr").first().innerText(), /^2\s/);
}

// The list has all products. It scrolls by itself, and a product loads its operations when it is opened.
async function listOfEverything(browser, url, width) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  const list = page.locator("#operations");
  await list.locator("summary").first().waitFor();
  const size = await list.evaluate((one) => [one.scrollHeight, one.clientHeight, document.documentElement.scrollHeight]);
  assert.ok(size[0] > 5 * size[1] && size[2] < 2000, `the list scrolls, and not the page: ${size}`);

  await list.getByText(/^Vpc\d+$/).click();
  await list.locator("a", { hasText: /^DescribeVpcs$/ }).waitFor();
  const versions = list.locator("details.product", { hasText: /^Cms\d+ versions/ }).first();
  await versions.locator("summary").first().click();
  await versions.locator("details", { hasText: /^2019-01-01/ }).locator("summary").click();
  await versions.locator("a", { hasText: /^DescribeMetricList$/ }).first().waitFor();

  await page.locator("#search").fill("vpc");
  await page.getByText(/^The first 200 of \d+ operations\.$/).waitFor();
  assert.ok((await list.locator("details").count()) >= 1, "products are found, too");
  await page.locator("#search").fill("no such operation");
  await page.getByText(/^0 of \d+ operations\.$/).waitFor();
  await page.close();
}

// The button stays in reach, however long the form is, and an error leads to its field, also to one that is hidden.
async function errorsAtFields(browser, url, width, name) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await page.locator("#search").fill("ecs runinstances");
  await page.locator("nav a", { hasText: /^RunInstances$/ }).first().click();
  await page.getByRole("heading", { name: "RunInstances" }).waitFor();
  const [first] = await page.locator("#parameters .parameter label").allInnerTexts();
  assert.match(first, /required/, "required parameters come first");
  const call = page.getByRole("button", { name: "Call" });
  await page.locator("#chosen").scrollIntoViewIfNeeded();
  const { y, height } = await call.boundingBox();
  assert.ok(y + height <= 800, `the button is at ${y}`);

  await call.click();
  await page.getByText("Response: 400 Bad Request.").waitFor();
  const required = page.locator("[aria-invalid]");
  assert.equal(await required.getAttribute("name"), "RegionId");
  await page.screenshot({ path: `${folder}/${name}.png` });
  await required.fill("cn-hangzhou");
  assert.equal(await page.locator("[aria-invalid]").count(), 0, "the error ends when the field is changed");

  const optional = page.locator("details.optional");
  await optional.locator("summary").first().click();
  await page.locator("[name=Amount]").fill("many");
  await optional.evaluate((one) => (one.open = false));
  await call.click();
  await page.locator("[name=Amount][aria-invalid]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "Amount");
  await page.close();
}

// The buttons copy what stands below them.
async function copies(browser, url) {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${url}/#Iot/2018-01-20/ResetThing`);
  await page.getByRole("button", { name: "Fill in examples" }).click();
  await page.getByRole("button", { name: "Call" }).click();
  await page.getByText("Response: 200 OK.").waitFor();
  await page.locator("[data-copies=rust]").click();
  await page.getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^let client = iot::Client::new/);
  await context.close();
}

// The page shows the texts of a spec as text, never as markup.
async function textsStayTexts(browser, url) {
  const markup = '<img src="/x" onerror="document.title=1"></p><script>document.title=1</script>';
  const shared = { doc: markup, example: markup, values: [markup], limits: [markup], default: markup, fields: [], required: true };
  const parameters = ["String", "Boolean", "List<Object>"].map((type) => ({ ...shared, name: `${type}${markup}`, type }));
  const operation = {
    product: markup, version: markup, operation: markup, summary: markup, doc: markup, api_style: "RPC", path: markup,
    methods: [markup], qps: null, deprecated: false, parameters, response: parameters, any_of: [[[markup]]],
    types: {}, response_types: {}, examples: [],
    errors: [{ status: 400, code: markup, message: markup, doc: markup }],
  };
  const page = await browser.newPage();
  await page.route("**/_emulator/operations?*", (route) => route.fulfill({ json: { operations: [operation] } }));
  await page.goto(`${url}/#${[markup, markup, markup].map(encodeURIComponent).join("/")}`);
  await page.locator("#chosen").waitFor();
  assert.equal(await page.locator("#name").innerText(), markup);
  assert.equal(await page.locator("img, body script").count(), 0);
  assert.equal(await page.title(), `${markup} – Alibaba Cloud emulator`);
  const controls = await page.locator("#parameters [name]").evaluateAll((all) => all.map((one) => one.localName));
  assert.deepEqual(controls, ["input", "select", "textarea"]);
  // The page shows the error for an operation that the emulator does not have.
  await page.getByRole("button", { name: "Call" }).click();
  await page.getByText("Not sent: no spec describes").waitFor();
  await page.close();
}

// Examples become values of their fields. The documented example of a list is often one item.
async function examplesFillStructures(browser, url) {
  const of = (type, example, fields = null) => ({ type, example, fields, doc: "", values: [], limits: [], default: null, required: false });
  const key = { name: "Key", ...of("String", "k") };
  const cases = [
    [of("String", "a"), "a"],
    [of("List<String>", "sg-1"), '["sg-1"]'],
    [of("List<String>", '["a", "b"]'), '["a", "b"]'],
    [of("List<Integer>", "7"), '["7"]'],
    [of("List<Object>", null, [key, { name: "None", ...of("String", null) }]), '[{"Key":"k"}]'],
    [of("Object", null, [{ name: "Keys", ...of("List<String>", "k") }]), '{"Keys":["k"]}'],
    [of("Map<String>", "prose"), ""],
    [of("List<String>", null), ""],
  ];
  const parameters = cases.map(([parameter], index) => ({ name: `P${index}`, ...parameter }));
  const operation = {
    product: "Demo", version: "1", operation: "Try", summary: "", doc: "", api_style: "RPC", path: "/", methods: ["POST"],
    qps: null, deprecated: false, parameters, response: [], errors: [], any_of: [], types: {}, response_types: {}, examples: [],
  };
  const page = await browser.newPage();
  await page.route("**/_emulator/operations?*", (route) => route.fulfill({ json: { operations: [operation] } }));
  await page.goto(`${url}/#Demo/1/Try`);
  await page.getByRole("button", { name: "Fill in examples" }).click();
  const values = await page.locator("#parameters [name]").evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(values, cases.map(([, expected]) => expected));
  await page.close();
}

async function screenshot(browser, url, width, height, colorScheme, name) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`${url}/#Ecs/2014-05-26/DeleteActivation`);
  await page.getByRole("button", { name: "Fill in examples" }).click();
  await page.getByRole("button", { name: "Call" }).click();
  await page.getByText("Response: 200 OK.").waitFor();
  await page.locator("#calls tr").first().waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `at ${width} pixels the page is ${overflow} pixels too wide`);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  await page.close();
}

let browser;
try {
  const url = await endpoint();
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => request.url().startsWith(url) || problems.push(`request to ${request.url()}`));
  page.setDefaultTimeout(20_000);
  await callByKeyboard(page, url);
  assert.deepEqual(problems, []);
  await textsStayTexts(browser, url);
  await examplesFillStructures(browser, url);
  await copies(browser, url);
  for (const width of [1280, 375]) {
    await listOfEverything(browser, url, width);
    await errorsAtFields(browser, url, width, `error-${width}`);
  }
  await screenshot(browser, url, 1280, 900, "light", "page-1280");
  await screenshot(browser, url, 375, 800, "light", "page-375");
  await screenshot(browser, url, 360, 800, "dark", "page-360-dark");
} finally {
  await browser?.close();
  process.kill(-emulator.pid, "SIGINT");
}
