// Makes the pictures of the documentation and the first frame of the page, from the page itself.
// Usage: node tests/e2e/pictures.mjs, with TIERWALK_URL and CHROME as for the tests.
import { writeFile } from "node:fs/promises";

import { chromium } from "@playwright/test";

import { launchOptions } from "./browser.mjs";

const ROOT = new URL("../../", import.meta.url);
const SIZES = [
  ["first-visit", 1440, 900, "light"],
  ["first-visit-dark", 1440, 900, "dark"],
  ["first-visit-1024", 1024, 768, "light"],
  ["first-visit-768", 768, 1024, "light"],
  ["first-visit-400", 400, 780, "light"],
];

/** Runs in the page: what can be drawn before any code is there. */
function frame() {
  const app = document.querySelector(".app").cloneNode(true);
  // positions that were measured, and what only code can use
  for (const element of app.querySelectorAll(".route > *, .sep, .bottom, input[type=file], [role=status]")) element.remove();
  for (const element of [app, ...app.querySelectorAll("*")]) {
    for (const name of ["style", "aria-activedescendant", "aria-controls"]) element.removeAttribute(name);
  }
  app.classList.add("first");
  app.setAttribute("inert", "");
  return app.outerHTML;
}

const browser = await chromium.launch(launchOptions);
for (const [name, width, height, colorScheme] of SIZES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce", serviceWorkers: "block" });
  await page.goto(process.env.TIERWALK_URL ?? "http://127.0.0.1:8080");
  await page.locator(".insp .why").first().waitFor({ state: "attached" });
  await page.locator(".cm-line").first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector("#flows .tabs .n")?.textContent === "16");
  await page.locator("#walk .hitline").first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector("#walk")?.textContent?.includes("What would change this"));
  if (name === "first-visit") {
    const note = "<!-- Made by `cargo xtask pictures` from the page itself: what is seen until the page is there. -->";
    await writeFile(new URL("web/first-frame.html", ROOT), `${note}\n${await page.evaluate(frame)}\n`);
  }
  // the checks come after the first verdict
  await page.waitForFunction(() => /microservice2\s*1/.test(document.querySelector("#text nav")?.textContent ?? ""));
  await page.screenshot({ path: new URL(`docs/images/${name}.png`, ROOT).pathname });
  await page.close();
}
await browser.close();
