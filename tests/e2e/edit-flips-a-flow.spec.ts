import { expect, test } from "./fixtures";
import { bothThemes, flow, expectLine, open, selectWord, strip, walk } from "./workbench";

test("changing one word flips exactly two flows, and undo brings them back", async ({ page, axe }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  await expect(strip(page)).toContainText("storefront/frontend → backend tcp/8080");
  await expect(strip(page)).toContainText("storefront/microservice2 → backend tcp/8080");
  await expect(strip(page)).toContainText("3 of 15 expectations not met");
  await expect(flow(page, "frontend→backend")).toContainText("Allow was Deny");
  await expect(flow(page, "microservice2→backend")).toContainText("Deny was Allow");
  await expect(walk(page)).toContainText("frontend may send this and backend may receive it.");
  await expect(page.getByRole("status")).toContainText("2 flows flipped");
  await bothThemes(page, axe);

  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(strip(page)).toContainText("16 flows");
  await expectLine(page, 18, "microservice2");
});

test("a pinned baseline is what the next flips are counted against", async ({ page }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  await strip(page).getByRole("button", { name: "Pin as baseline" }).click();
  await expect(strip(page)).toContainText("12 Allow");
  await expect(page.getByRole("tab", { name: /Only flipped/ })).toContainText("0");
});

test("only the flipped flows are listed on request", async ({ page, axe }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await page.getByRole("tab", { name: /Only flipped/ }).click();
  await expect(page.getByRole("grid", { name: "Flows" }).getByRole("row")).toHaveCount(3);
  await axe();
});

test("a flow typed at the foot of the drawer is decided at once", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Add a flow" }).fill("dev/web -> storefront/frontend tcp/8080 deny");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("17");
  await expect(flow(page, "web→storefront/frontend")).toContainText("Deny");
  await page.getByRole("combobox", { name: "Add a flow" }).fill("dev/wep -> storefront/frontend tcp/8080");
  await page.keyboard.press("Enter");
  await expect(flow(page, "not read")).toBeVisible();
  await expect(page.locator(".why-not")).toContainText("wep");
});
