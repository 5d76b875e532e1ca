// `cargo xtask test e2e` serves the built page and names it in TIERWALK_URL, and the browser in CHROME.
// By hand: `cargo xtask serve`, then `npx playwright test -c tests/e2e/playwright.config.ts`.
import { defineConfig } from "@playwright/test";

import { launchOptions } from "./browser.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: process.env.TIERWALK_URL ?? "http://127.0.0.1:8080",
    // each test compiles the page anew: optimising that code in the background takes longer than it saves
    launchOptions: { ...launchOptions, args: [...(launchOptions.args ?? []), "--js-flags=--liftoff-only"] },
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    // each test would otherwise keep the whole page once more; the tests of the service worker allow it
    serviceWorkers: "block",
    // a trace takes a third more time; to look at a failure with one: `-- --trace retain-on-failure`
    trace: "off",
    screenshot: "only-on-failure",
  },
});
