import { expect, test } from "./fixtures";
import { bothThemes, expectLine, open, openExample } from "./workbench";

import type { Page } from "@playwright/test";

const apply = (page: Page) => page.getByRole("region", { name: "Apply as" });
const persona = (page: Page) => page.getByRole("combobox", { name: "Apply as" });
const object = (page: Page, name: string) => apply(page).getByRole("listitem").filter({ hasText: name });
const openChecks = (page: Page) => page.getByRole("tab", { name: /^Checks/ }).click();

test("a persona is told what the API server would answer, with the reason that kubectl prints", async ({ page, axe }) => {
  await open(page);
  await openExample(page, /^Who may apply what/);
  await openChecks(page);
  await persona(page).selectOption("shop-admin");
  await expect(apply(page)).toContainText("user ada in shop-team");
  await expect(apply(page)).toContainText("1 admitted, 1 refused");
  await expect(object(page, "networkpolicy.projectcalico.org/web in shop")).toContainText("Created");
  const quarantine = object(page, "globalnetworkpolicy.projectcalico.org/quarantine");
  await expect(quarantine).toContainText("refused by tier");
  await expect(quarantine).toContainText('Error from server (Forbidden): error when creating "policies/quarantine.yaml"');
  await bothThemes(page, axe);

  await persona(page).selectOption("security-admin");
  await expect(quarantine).toContainText("Created");
  await quarantine.getByRole("button").click();
  await expectLine(page, 4, "name: quarantine");
});

test("what changed since the baseline is configured, or refused by an admission policy at its line", async ({ page }) => {
  await open(page);
  await openExample(page, /^Who may apply what/);
  await openChecks(page);
  await persona(page).selectOption("shop-admin");
  await apply(page).getByRole("button", { name: "Changes" }).click();
  await expect(apply(page)).toContainText("No object differs from the baseline.");
  await page.locator(".cm-line").filter({ hasText: "order: 500" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type("0");
  const web = object(page, "networkpolicy.projectcalico.org/web in shop");
  await expect(web).toContainText("Configured");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await expect(web).toContainText("Refused");
  await expect(web).toContainText("ValidatingAdmissionPolicy 'app-policies' with binding 'app-policies' denied request: order 50 is below 500");
  await expect(page.getByRole("grid", { name: "Checks" }).getByRole("row").filter({ hasText: "app-policies" })).toContainText("Fail");
  await expect(page.locator(".cm-line").filter({ hasText: "order: 50" }).locator(".tw-sq-error")).toBeVisible();
});

test("where nobody may be applied as, personas are one button away", async ({ page, axe }) => {
  await open(page);
  await openChecks(page);
  await apply(page).getByRole("button", { name: "Add personas" }).click();
  await openChecks(page);
  await persona(page).selectOption("team-admin");
  await expect(object(page, "storefront")).not.toHaveCount(0);
  await expect(object(page, "globalnetworkpolicy.projectcalico.org/quarantine")).toContainText("Refused");
  await expect(object(page, "networkpolicy.projectcalico.org/backend")).toContainText("Created");
  await axe("#board");
});
