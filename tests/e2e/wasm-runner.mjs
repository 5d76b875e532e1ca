// Cargo's runner for Wasm test files: wasm-bindgen-test-runner serves one as a page, Playwright opens it.
// So a browser is all that is needed, and no driver that matches its version.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

import { chromium } from "@playwright/test";

import { launchOptions } from "./browser.mjs";

const TIMEOUT_MS = 120_000;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  return fetch(url).then((response) => response.ok, () => false);
}

async function untilServed(url, runner) {
  const end = Date.now() + TIMEOUT_MS;
  while (!(await answers(url))) {
    if (runner.exitCode !== null || Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

async function open(url) {
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(String(error)));
    await page.goto(url);
    const output = page.locator("#output");
    await output.filter({ hasText: /test result:|no tests to run/ }).waitFor({ timeout: TIMEOUT_MS });
    return await output.innerText();
  } finally {
    await browser.close();
  }
}

const port = await freePort();
const url = `http://127.0.0.1:${port}/`;
const runner = spawn("wasm-bindgen-test-runner", process.argv.slice(2), {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: `127.0.0.1:${port}` },
  stdio: ["ignore", "inherit", "inherit"],
});
const ended = new Promise((resolve) => runner.on("exit", resolve));

if (await untilServed(url, runner)) {
  const text = await open(url);
  console.log(text);
  process.exitCode = /test result: ok|no tests to run/.test(text) ? 0 : 1;
  runner.kill();
} else {
  // Tests that need no browser were run by the runner itself.
  process.exitCode = runner.exitCode ?? 1;
  runner.kill();
}
await ended;
