import { expect, test } from "./fixtures";
import { board, bothThemes, flow, expectLine, open, strip, walk } from "./workbench";

test("the first visit shows a denied flow, already explained", async ({ page, axe }) => {
  await open(page);
  await expect(strip(page)).toContainText("16 flows");
  await expect(strip(page)).toContainText("12 Allow");
  await expect(strip(page)).toContainText("4 Deny");
  await expect(strip(page)).toContainText("1 flow changes if staged policies are enforced");
  await expect(strip(page)).toContainText("1 of 15 expectations not met");
  await expect(walk(page)).toContainText("frontend may send this; backend may not receive it.");
  await expect(walk(page)).toContainText("No ingress rule of storefront/backend matched, so tier default ended with Deny.");
  await expect(walk(page)).toContainText("1|default|np:storefront/backend|deny|-1");
  await bothThemes(page, axe);
});

test("text, board, drawer and inspector show the same flow", async ({ page }) => {
  await open(page);
  await expectLine(page, 18, 'app in {"microservice1", "microservice2"}');
  await expect(flow(page, "frontend→backend")).toHaveAttribute("aria-selected", "true");
  await expect(board(page).getByRole("button", { name: /Ingress at backend/ })).toHaveAttribute("aria-pressed", "true");
  await expect(board(page).getByRole("region", { name: "Tier platform" })).toContainText("skipped: no Ingress here");
  await expect(board(page).locator(".eot.won")).toContainText("Deny · 2");
  await expect(board(page).locator("svg.route path:not(.dash)")).toHaveCount(2);
});

test("every shipped example opens and says what to notice", async ({ page, axe }) => {
  await open(page);
  const gallery = page.getByRole("button", { name: "Examples" });
  const entries = page.locator(".menu .item");
  await gallery.click();
  await axe();
  const count = await entries.count();
  for (let index = 0; index < count; index += 1) {
    if (index > 0) await gallery.click();
    const notice = await entries.nth(index).locator("span").innerText();
    await entries.nth(index).click();
    await expect(strip(page)).toContainText(notice);
    await page.getByRole("tab", { name: "Walk", exact: true }).click();
    await expect(walk(page).locator(".fhead .v").first()).toBeVisible();
    await strip(page).getByRole("button", { name: "Dismiss" }).click();
    await expect(strip(page)).toContainText(/\d+ flows/);
  }
});

test("the other end of the flow is one key away", async ({ page }) => {
  await open(page);
  await page.keyboard.press("e");
  await expect(board(page).getByRole("button", { name: /Egress at frontend/ })).toHaveAttribute("aria-pressed", "true");
  await expect(walk(page).getByRole("list", { name: "Egress steps" })).toContainText("frontend egress[0]");
});
