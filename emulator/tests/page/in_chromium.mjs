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
  const { operations } = await (await fetch(`${url}/_emulator/operations`)).json();
  assert.equal(await page.locator("nav a").count(), operations.length);

  await tabTo(page, "#search");
  await page.keyboard.type("ecs deleteactivation");
  assert.equal(await page.locator("nav a").count(), 1);
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
  assert.ok(await page.locator("#rust").isHidden());
  assert.equal(await text("#not-in-rust li"), "ActivationId: is required");
  await page.locator("#calls tr").nth(1).waitFor();
  assert.match(await page.locator("#calls tr").first().innerText(), /^2\s/);
}

// The page shows the texts of a spec as text, never as markup.
async function textsStayTexts(browser, url) {
  const markup = '<img src="/x" onerror="document.title=1"></p><script>document.title=1</script>';
  const shared = { doc: markup, example: markup, values: [markup], default: markup, fields: [], required: true };
  const parameters = ["String", "Boolean", "List<Object>"].map((type) => ({ ...shared, name: `${type}${markup}`, type }));
  const operation = {
    product: markup, version: markup, operation: markup, summary: markup, doc: markup, api_style: "RPC", path: markup,
    methods: [markup], qps: null, deprecated: false, parameters, response: parameters,
    errors: [{ status: 400, code: markup, message: markup, doc: markup }],
  };
  const page = await browser.newPage();
  await page.route("**/_emulator/operations", (route) => route.fulfill({ json: { operations: [operation] } }));
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
  const of = (type, example, fields = null) => ({ type, example, fields, doc: "", values: [], default: null, required: false });
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
    qps: null, deprecated: false, parameters, response: [], errors: [],
  };
  const page = await browser.newPage();
  await page.route("**/_emulator/operations", (route) => route.fulfill({ json: { operations: [operation] } }));
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
  await screenshot(browser, url, 1280, 900, "light", "page-1280");
  await screenshot(browser, url, 375, 800, "light", "page-375");
  await screenshot(browser, url, 360, 800, "dark", "page-360-dark");
} finally {
  await browser?.close();
  process.kill(-emulator.pid, "SIGINT");
}
