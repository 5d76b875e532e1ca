import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { expectLine, open, openExample, selectWord, strip } from "./workbench";

const SHARED = "This workspace is open in another tab too.";

async function both(page: Page): Promise<Page> {
  await open(page);
  const other = await page.context().newPage();
  await open(other);
  return other;
}

test("what is typed in one tab is in the other, and both say so", async ({ page, axe }) => {
  const other = await both(page);
  await expect(strip(other)).toContainText(SHARED);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expectLine(other, 18, '"frontend"');
  await strip(other).getByRole("button", { name: "Dismiss" }).click();
  await expect(strip(other)).toContainText("2 flows flipped");
  await other.getByRole("combobox", { name: "Add a flow" }).fill("dev/web -> dev/toolbox tcp/22");
  await other.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("17");
  await axe();
});

test("changes that cannot see each other are both kept", async ({ page }) => {
  const other = await both(page);
  // the other tab is told nothing of what happens here, as if it slept
  await other.evaluate(() => window.addEventListener("storage", (event) => event.stopImmediatePropagation(), { capture: true }));
  await other.reload();
  await other.addInitScript(() => window.addEventListener("storage", (event) => event.stopImmediatePropagation(), { capture: true }));
  await open(other);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("here");
  await selectWord(other, 18, "microservice1");
  await other.keyboard.type("t");
  await expect(strip(other)).toContainText("Another tab changed storefront at the same time.");
  await other.reload();
  await expectLine(other, 18, '"t"');
  await expectLine(page, 18, '"here"');
  await page.reload();
  await page.getByRole("button", { name: /^storefront/ }).first().click();
  await expect(page.locator(".menu")).toContainText("storefront copy");
});

test("opening something else in one tab leaves the other as it is", async ({ page }) => {
  const other = await both(page);
  await openExample(other, /^The DNS trap/);
  await expect(strip(other)).toContainText("web may call payments");
  await expectLine(page, 18, "microservice1");
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("16");
});
