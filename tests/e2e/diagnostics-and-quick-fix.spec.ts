import { expect, test } from "./fixtures";
import { bothThemes, file, expectLine, open, selectWord, strip } from "./workbench";

test("a wrong protocol is underlined, explained, counted, and mended with one key", async ({ page, axe }) => {
  await open(page);
  await selectWord(page, 16, "TCP");
  await page.keyboard.type("tcp");
  await expect(page.locator(".edhead")).toContainText("1 error");
  await expect(page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: /^backend.*1 error/ })).toBeVisible();
  await page.getByRole("tab", { name: /Problems/ }).click();
  await expect(page.locator(".problems")).toContainText("backend.yaml:16");
  await bothThemes(page, axe);
  await page.locator(".problems .fixes button").first().click();
  await expect(page.locator(".edhead")).toContainText("No problems");
  await expectLine(page, 16, "protocol: TCP");
});

test("the next problem is found from any file", async ({ page }) => {
  await open(page);
  await selectWord(page, 16, "TCP");
  await page.keyboard.type("tcp");
  await expect(page.locator(".edhead")).toContainText("1 error");
  await file(page, "dev").click();
  await expect(page.locator(".edhead")).toContainText("dev.yaml");
  await page.getByRole("tab", { name: /Problems/ }).click();
  await page.keyboard.press("F8");
  await expect(page.locator(".edhead")).toContainText("backend.yaml");
});

test("a broken document hides no other", async ({ page }) => {
  await open(page);
  await file(page, "security").click();
  await selectWord(page, 2, "apiVersion");
  await page.keyboard.type("\t[");
  await expect(page.locator(".edhead")).toContainText("error");
  await expect(strip(page)).toContainText("flow");
  await expect(page.getByRole("region", { name: "Tier security" })).toContainText("security-pass");
});
