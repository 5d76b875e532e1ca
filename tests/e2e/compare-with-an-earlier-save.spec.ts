import { expect, test } from "./fixtures";
import { bothThemes, expectLine, open, selectWord, strip } from "./workbench";

test("an earlier save says which lines changed and which flows flipped, and comes back", async ({ page, axe }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  const workspaces = page.getByRole("button", { name: "storefront", exact: true }).first();
  await workspaces.click();
  const saves = page.getByRole("list", { name: "Earlier saves" });
  await expect(saves.getByRole("button")).toHaveCount(1);
  await expect(page.locator(".menu")).toContainText(/All workspaces and saves take \d+ KB of about 5 MB\./);
  await saves.getByRole("button", { name: /\d+ files/ }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison).toContainText("1 file changed, 2 flows flipped");
  await expect(comparison.locator(".lines li")).toHaveText([/18.*microservice2/, /18.*frontend/]);
  await expect(comparison.getByRole("list", { name: "Flipped flows" })).toContainText("storefront/frontend → backend tcp/8080");
  await bothThemes(page, axe);
  await comparison.getByRole("button", { name: "Restore this save" }).click();
  await expectLine(page, 18, "microservice2");
  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expectLine(page, 18, '"frontend"');
});

test("a workspace is duplicated, renamed, deleted and brought back", async ({ page }) => {
  await open(page);
  const open_ = (name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const menu = page.locator(".menu");
  await open_("storefront");
  await menu.getByRole("button", { name: "Duplicate" }).click();
  await expect(strip(page)).toContainText("This is a copy of storefront.");
  await open_("storefront copy");
  await menu.getByRole("textbox", { name: "Name" }).fill("second");
  await menu.getByRole("button", { name: "Rename" }).click();
  await open_("second");
  await menu.getByRole("button", { name: "Delete storefront" }).click();
  await expect(menu).toContainText("storefront, deleted");
  await menu.getByRole("button", { name: "Bring storefront back" }).click();
  await menu.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(menu).toContainText("second, deleted");
  await page.reload();
  await open_("storefront");
  await expect(menu).not.toContainText("second");
});
