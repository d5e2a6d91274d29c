// The calls that the emulator has recorded.

import { ask } from "./admin.js";
import { at, breakable, piece } from "./element.js";

const KEPT_ROWS = 200;

let last = 0;
let polling = null;

export async function poll() {
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
    at("log").classList.toggle("empty", !last);
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
