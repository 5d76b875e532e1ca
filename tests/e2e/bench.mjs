// What a user waits for, in the browser: the engine's own worker, asked as the page asks it. Prints a table.
// Usage: node tests/e2e/bench.mjs SHAPES.json, with TIERWALK_URL and CHROME as for the tests.
import { readFile } from "node:fs/promises";

import { chromium } from "@playwright/test";

import { checks } from "./bench-checks.mjs";
import { typing } from "./bench-typing.mjs";
import { launchOptions } from "./browser.mjs";

/** Runs in the page: how long the worker takes, in milliseconds, by the page's clock. */
async function measure(shape) {
  const address = document.querySelector("meta[name='tierwalk-worker']").content;
  const worker = new Worker(address);
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.type === "failed" ? reject(new Error(data.message)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
    });
  const timed = async (request) => {
    const started = performance.now();
    const answered = answer();
    worker.postMessage(request);
    const { type } = await answered;
    if (type === "ready") throw new Error("ready twice");
    return performance.now() - started;
  };
  /** The median, and what 19 of 20 stay under. */
  const percentiles = async (times, request) => {
    const taken = [];
    for (let index = 0; index < times; index++) taken.push(await timed(request(index)));
    taken.sort((a, b) => a - b);
    return [0.5, 0.95].map((part) => taken[Math.ceil(part * times) - 1]);
  };

  const loaded = performance.now();
  await answer();
  const start = performance.now() - loaded;
  const original = shape.files.find(({ path }) => path === shape.edited.path);
  const changed = (index) => [index % 2 === 0 ? shape.edited : original];
  const result = {
    start: [start],
    open: [await timed({ type: "open", revision: 1, files: shape.files, view: {} })],
    edit: await percentiles(40, (index) => ({ type: "edit", revision: 2, changed: changed(index), removed: [], view: {} })),
    walk: await percentiles(20, () => ({ type: "walk", revision: 3, flow: shape.flow })),
  };
  worker.terminate();
  return result;
}

/** Columns of a table, each of one or more times. */
const cells = (...times) => times.map((time) => `${time.map((one) => one.toFixed(1)).join(" / ")} ms`).join(" | ");

const shapes = JSON.parse(await readFile(process.argv[2], "utf8"));
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage();
  await page.goto(process.env.TIERWALK_URL);
  console.log("| workspace | worker starts | open | edit to verdict, p50 / p95 | walk, p50 / p95 |\n|---|---|---|---|---|");
  for (const shape of shapes) {
    const { start, open, edit, walk } = await page.evaluate(measure, shape);
    console.log(`| ${shape.name} | ${cells(start, open, edit, walk)} |`);
  }
  const named = (...names) => shapes.filter(({ name }) => names.includes(name));
  console.log("\n| checks of | first | edit, p50 / p95 | findings |\n|---|---|---|---|");
  for (const shape of named("100 policies", "1000 policies")) {
    const { first, edit, findings } = await checks(browser, shape);
    console.log(`| ${shape.name} | ${cells([first], edit)} | ${findings} |`);
  }
  console.log("\n| typed in the storefront, beside it | key to letter, p50 / p95 | key to verdict on the page, p50 / p95 |\n|---|---|---|");
  const beside = ["10 policies", "100 policies", "1000 policies", "1,000 policies, 5,000 flows"];
  for (const { name, files } of [{ name: "nothing", files: [] }, ...named(...beside)]) {
    const { letter, verdict } = await typing(browser, files);
    console.log(`| ${name} | ${cells(letter, verdict)} |`);
  }
} finally {
  await browser.close();
}
