import { expect, test } from "./fixtures";
import { bothThemes, file, open, strip, text } from "./workbench";

test("a text is found in all files, gone to, replaced, and put back", async ({ page, axe }) => {
  await open(page);
  await text(page).focus();
  await page.keyboard.press("Control+Shift+F");
  await expect(page.getByLabel("Find in all files")).toBeFocused();
  await page.keyboard.type("toolbox");
  await expect(page.locator("#drawer-list")).toContainText(/\d+ places in \d+ files/);
  await bothThemes(page, axe);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".hits button").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text(page)).toBeFocused();

  await page.keyboard.press("Control+Shift+F");
  await page.getByLabel("Replace with").fill("workbox");
  await page.getByRole("button", { name: "Replace all" }).click();
  await expect(page.locator("#drawer-list")).toContainText("Found nowhere");
  await strip(page).getByRole("button", { name: /Undo/ }).click();
  await expect(page.locator("#drawer-list")).toContainText(/\d+ places in \d+ files/);
});

test("open files are a row once there are several, and keep their place", async ({ page, axe }) => {
  await open(page);
  const row = page.getByRole("tablist", { name: "Open files" });
  await expect(row).toHaveCount(0);
  await page.locator(".cm-line", { hasText: "protocol: TCP" }).first().click();
  await file(page, "tiers").click();
  await expect(row.getByRole("tab")).toHaveText(["backend", "tiers"]);
  await axe();
  await text(page).focus();
  await page.keyboard.press("Alt+PageUp");
  await expect(page.getByRole("textbox", { name: "Text of policies/backend.yaml" })).toBeVisible();
  await expect(page.locator(".cm-activeLine")).toContainText("protocol: TCP");
  await row.getByRole("tab", { name: "backend" }).focus();
  await page.keyboard.press("Delete");
  await expect(row).toHaveCount(0);
});
