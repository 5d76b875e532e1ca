import { expect, test } from "./fixtures";
import { bothThemes, board, file, lines, open, text } from "./workbench";

const line = (page: import("@playwright/test").Page, part: string) => page.locator(".cm-line", { hasText: part }).first();

test("a tier gets another name in all files, and gets it back in one step", async ({ page, axe }) => {
  await open(page);
  await file(page, "tiers").click();
  await line(page, "name: platform").click();
  await page.keyboard.press("F2");
  const field = page.getByLabel("New name of tier");
  await expect(field).toHaveValue("platform");
  await expect(page.locator(".name-form")).toContainText(/\d+ places in 2 files/);
  await bothThemes(page, axe);

  await field.fill("Base");
  await page.keyboard.press("Enter");
  await expect(page.locator(".name-form")).toContainText("`Base` is no name");
  await field.fill("base");
  await page.keyboard.press("Enter");
  await expect(board(page).getByRole("heading", { name: /^base/ })).toBeVisible();
  await expect.poll(() => lines(page)).toContain("  name: base");
  await page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: /^platform/ }).click();
  await expect.poll(() => lines(page)).toContain("  tier: base");

  await file(page, "tiers").click();
  await text(page).focus();
  await page.keyboard.press("Control+z");
  await expect(board(page).getByRole("heading", { name: /^platform/ })).toBeVisible();
  await expect(board(page).getByRole("heading", { name: /^base/ })).toHaveCount(0);
});

test("definition and references are found across files", async ({ page, axe }) => {
  await open(page);
  await file(page, "platform").click();
  await line(page, "tier: platform").click();
  await page.keyboard.press("End");
  await page.keyboard.press("F12");
  await expect(page.getByRole("textbox", { name: "Text of policies/tiers.yaml" })).toBeFocused();
  await page.keyboard.press("Shift+F12");
  const found = page.locator(".hits");
  await expect(found.locator("h3", { hasText: "policies/platform.yaml" })).toBeVisible();
  await axe();
  await expect(found.getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Text of policies/platform.yaml" })).toBeFocused();
});

test("indentation is put in order, and nothing else", async ({ page }) => {
  await open(page);
  await line(page, "selector: app ==").click();
  await page.keyboard.press("End");
  await page.keyboard.type("   # why");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const before = await lines(page);
  await page.keyboard.press("Shift+Alt+F");
  await expect.poll(() => lines(page)).not.toEqual(before);
  expect((await lines(page)).join("\n")).toContain('selector: app == "backend"   # why\n\n');
  await page.keyboard.press("Control+z");
  await expect.poll(() => lines(page)).toEqual(before);
});
