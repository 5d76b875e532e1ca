import { expect, test } from "./fixtures";
import { bothThemes, lines, open, text } from "./workbench";

/** Goes to the end of a line of the open file, as a user would. */
async function endOf(page: import("@playwright/test").Page, part: string): Promise<void> {
  await page.locator(".cm-line", { hasText: part }).first().click();
  await page.keyboard.press("End");
}

/** Takes the choice at hand. One that has just appeared is not taken: the key may have been meant for the text. */
async function choose(page: import("@playwright/test").Page): Promise<void> {
  await page.keyboard.press("Shift", { delay: 120 });
  await page.keyboard.press("Enter");
}

test("fields, words and labels that exist are offered where they belong", async ({ page, axe }) => {
  await open(page);
  await endOf(page, "selector: app ==");
  await page.keyboard.press("Enter");
  await page.keyboard.type("serv");
  const list = page.locator(".cm-tooltip-autocomplete");
  await expect(list).toContainText("serviceAccountSelector");
  await bothThemes(page, axe);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");

  await endOf(page, "tier:");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.type("pl");
  await expect(list).toContainText("platform");
  await expect(list).toContainText("order 700");
  await choose(page);
  await expect.poll(() => lines(page)).toContain("  tier: platform");
});

test("a selector is written from the labels in use, by keyboard alone", async ({ page }) => {
  await open(page);
  await endOf(page, "  selector: app ==");
  await page.keyboard.type(" && ap");
  const list = page.locator(".cm-tooltip-autocomplete");
  await expect(list.locator("li").first()).toContainText("app");
  await choose(page);
  await expect(list.locator("li").first()).toContainText("==");
  await choose(page);
  await expect(list).toContainText("frontend");
  await page.keyboard.type("\"fro");
  await expect(list.locator("li[aria-selected]")).toContainText("frontend");
  await choose(page);
  await expect.poll(async () => (await lines(page)).find((line) => line.startsWith("  selector"))).toBe('  selector: app == "backend" && app == "frontend"');
});

test("an empty file is offered whole objects, filled in from place to place", async ({ page }) => {
  await open(page);
  await page.locator(".edhead").getByRole("button", { name: "File" }).click();
  await page.getByRole("button", { name: "New file" }).click();
  await page.keyboard.press("Enter");
  await text(page).click();
  await page.keyboard.press("Control+Space");
  await expect(page.locator(".cm-tooltip-autocomplete")).toContainText("default deny");
  await page.keyboard.type("tier");
  await expect(page.locator(".cm-tooltip-autocomplete li[aria-selected]")).toContainText("tier");
  await choose(page);
  await page.keyboard.type("edge");
  await page.keyboard.press("Tab");
  await page.keyboard.type("42");
  await expect.poll(() => lines(page)).toEqual(["apiVersion: projectcalico.org/v3", "kind: Tier", "metadata:", "  name: edge", "spec:", "  order: 42", ""]);
  await expect(page.getByRole("region", { name: "Board" })).toContainText("edge");
});
