// What is chosen on the board is seen in the text, in the table of flows and in the right pane.
import { expect, test } from "./fixtures";
import { board, bothThemes, file, flow, lines, open, text, walk } from "./workbench";

test("a chosen policy says what it selects, and marks its text and the flows at its endpoints", async ({ page, axe }) => {
  await open(page);
  await board(page).locator(".card", { hasText: "np storefront" }).filter({ hasText: "backend" }).click();
  const policy = page.getByRole("complementary", { name: "Selected policy" });
  await expect(policy).toContainText("np · tier default · order 530 · Ingress");
  await expect(policy.locator(".ends")).toHaveText("storefrontbackend");
  await expect(policy).toContainText("1 endpoint");
  await expect(flow(page, "storefront/frontend→backend").locator(".picked")).toHaveText("backend (selected by the policy)");
  await expect(text(page).locator(".tw-mapped").first()).toContainText("apiVersion");
  await bothThemes(page, axe);

  // arrows go on to the next card, and the pane with them
  await board(page).locator(".card[aria-current]").focus();
  await page.keyboard.press("ArrowDown");
  await expect(policy).toContainText("No rule of it ever decides: others do before them.");

  // one that selects nothing says why, and leads there
  await board(page).locator(".card", { hasText: "quarantine" }).click();
  await expect(policy).toContainText("No pod and no host endpoint matches its selectors");
  await policy.getByRole("button", { name: "security.yaml:9" }).click();
  await expect(text(page)).toBeFocused();

  // a flow brings the walk back
  await flow(page, "storefront/frontend→backend").click();
  await expect(walk(page)).toContainText("backend may not receive it");
  await expect(page.locator("#flows .picked")).toHaveCount(0);
});

test("a policy in error stays on the board, in its tier, with the line that is wrong", async ({ page, axe }) => {
  await open(page);
  await file(page, "backend").click();
  await expect.poll(() => lines(page).then((all) => all[11])).toContain("types: [Ingress]");
  await page.locator(".cm-line").nth(11).click();
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  const card = board(page).locator('[data-tier="default"] .card.broken');
  await expect(card).toContainText("backend");
  await expect(card).toContainText("Line 12");
  await card.click();
  const policy = page.getByRole("complementary", { name: "Selected policy" });
  await expect(policy).toContainText("left out of evaluation");
  await expect(policy.getByRole("button", { name: "backend.yaml:12" }).first()).toBeVisible();
  await bothThemes(page, axe);
  await page.keyboard.press("Control+z");
  await expect(board(page).locator(".card.broken")).toHaveCount(0);
});

test("a narrow page opens the card", async ({ page, axe }) => {
  await page.setViewportSize({ width: 400, height: 780 });
  await open(page);
  await page.getByRole("button", { name: /^Board/ }).click();
  await board(page).locator(".card", { hasText: "block-embargo" }).click();
  await expect(board(page).locator(".opened")).toContainText("10 endpoints");

  // a tier that the flow skips is one line, which opens
  const skipped = board(page).locator(".card", { hasText: "twilio-integration" });
  await expect(skipped).toBeHidden();
  await board(page).getByRole("button", { name: "platform", exact: true }).click();
  await skipped.click();
  await expect(board(page).locator(".opened")).toContainText("5 endpoints");
  await axe("#board");
});
