import { expect, test } from "./fixtures";
import { board, bothThemes, open } from "./workbench";

test("the filter narrows by text, namespace, flag and label, and says what it hides", async ({ page, axe }) => {
  await open(page);
  await page.keyboard.press("/");
  const field = page.getByRole("textbox", { name: "Filter policies" });
  await expect(field).toBeFocused();
  await page.keyboard.type("backend2");
  await expect(board(page)).toContainText("Nothing matches “backend2”.");
  await expect(board(page)).toContainText("13 policies are hidden by the filter.");
  await field.fill("");
  const cards = board(page).locator(".card");
  await page.getByLabel("Namespace").selectOption("storefront");
  await expect(cards).toHaveCount(5);
  await page.getByLabel("Flag").selectOption("Staged");
  await expect(cards).toHaveCount(1);
  await page.getByLabel("Flag").selectOption("any flag");
  await page.getByLabel("Selects label").fill("app=backend");
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText("backend");
  await page.getByLabel("Selects label").fill("app = = x");
  await expect(page.getByLabel("Selects label")).toHaveAttribute("aria-invalid", "true");
  await bothThemes(page, axe);
  await page.keyboard.press("Escape");
  await expect(cards).toHaveCount(13);
  await expect(page.getByRole("tab", { name: "Board" })).toBeFocused();
});

test("a tier folds and unfolds by its head, also without a pointer", async ({ page }) => {
  await open(page);
  const cards = board(page).locator(".card");
  await board(page).getByRole("button", { name: "security", exact: true }).click();
  await expect(cards).toHaveCount(10);
  await expect(board(page).locator(".spine", { hasText: "security · 3 policies · ends in Deny" })).toBeVisible();
  await cards.first().focus();
  await page.keyboard.press("ArrowUp");
  await expect(board(page).getByRole("button", { name: "platform", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(cards).toHaveCount(13);
});
