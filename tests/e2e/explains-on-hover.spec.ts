import { expect, test } from "./fixtures";
import { bothThemes, open, selectWord, text } from "./workbench";

test("a field, a selector and a tier say what they mean and what they match", async ({ page, axe }) => {
  await open(page);
  const told = page.locator(".tw-told");
  await text(page).getByText("selector", { exact: true }).first().hover();
  await expect(told).toContainText("The endpoints that the policy applies to.");
  await expect(told).toContainText("applies to 1 endpoint: storefront/backend");
  await expect(told).toContainText("NetworkPolicySpec.selector");
  await bothThemes(page, axe);
  await text(page).getByText("Ingress", { exact: true }).first().hover();
  await expect(told).toContainText("What is sent to the selected endpoints.");
});

test("what stands at the cursor is explained on a key, and goes with Escape", async ({ page }) => {
  await open(page);
  await selectWord(page, 16, "TCP");
  await page.mouse.move(0, 0);
  await page.keyboard.press("Shift+F1");
  const told = page.locator(".tw-told");
  await expect(told).toContainText("Protocol 6.");
  await page.keyboard.press("Escape");
  await expect(told).toHaveCount(0);
});
