import { expect, test } from "./fixtures";
import { open } from "./workbench";

/** What can be read of the example's verdicts. */
const PARTS = [".strip .sum", "#flows tbody tr", "#walk .why", "#walk .step", "#board .card .nm"];

test("the first frame has the example's verdicts before any code runs, and they are those of the engine", async ({ browser, page, baseURL }) => {
  const still = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const frame = await still.newPage();
  await frame.goto("/");
  await expect(frame.locator(".app.first #walk")).toContainText("frontend may send this; backend may not receive it.");
  await open(page);
  for (const part of PARTS) {
    const now = (await page.locator(part).allTextContents()).map((text) => text.trim());
    const first = (await frame.locator(part).allTextContents()).map((text) => text.trim());
    expect(first, `${part}: \`cargo xtask pictures\` makes the first frame again`).toEqual(now);
  }
  await still.close();
});

test("whoever has a workspace of their own does not see the example first", async ({ page }) => {
  await open(page);
  await page.route("**/*.wasm", () => {});
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-first", "own");
  await expect(page.locator(".app.first #walk .why").first()).toBeHidden();
});
