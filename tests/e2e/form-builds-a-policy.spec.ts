// A policy is made and filled in by the form alone; the text follows, and the form follows the text.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { lines, open } from "./workbench";

const text = (page: Page): Promise<string> => lines(page).then((all) => all.join("\n"));

test("the storefront's policy for Twilio is made by the form alone", async ({ page, axe }) => {
  await open(page);
  const board = page.locator("#board");
  const form = page.getByRole("form");
  const field = (name: string) => form.getByLabel(name, { exact: true });

  // the shipped policy makes way: its name is changed in the form
  await board.locator(".card", { has: page.locator('b[title="twilio-integration"]') }).click({ button: "right" });
  await page.getByRole("button", { name: "Edit in form" }).click();
  await expect(field("Name")).toHaveValue("twilio-integration");
  await field("Name").fill("twilio-old");
  await expect(board.locator('b[title="twilio-old"]')).toBeVisible();

  await page.getByRole("button", { name: "Add policy to tier platform" }).click();
  await page.getByLabel("Name", { exact: true }).first().fill("twilio-integration");
  await page.getByLabel("Placed").selectOption({ label: "after logging" });
  await axe("#board");
  await page.getByRole("button", { name: "Add policy", exact: true }).last().click();
  await expect(form.getByRole("heading", { name: "GlobalNetworkPolicy twilio-integration" })).toBeVisible();
  await expect(field("Order")).toHaveValue("25");

  await page.getByRole("button", { name: "Add condition to Namespaces" }).click();
  await field("Namespaces 1 key").fill("twilio");
  await field("Namespaces 1 value").fill("allowed");
  await expect(form.getByText("1 namespace", { exact: true })).toBeVisible();
  await field("Egress").check();

  await page.getByRole("button", { name: "Add egress rule" }).click();
  await expect(form.getByRole("button", { name: /^Egress rule 1/ })).toBeFocused();
  await field("To domains").fill("*.twilio.com");
  await expect(form.getByRole("button", { name: /^Egress rule 1: Allow, any, any, \*\.twilio\.com/ })).toBeVisible();
  await page.getByRole("button", { name: "Add egress rule" }).click();
  await expect(form.getByRole("button", { name: /^Egress rule 2/ })).toBeFocused();
  await field("Action").selectOption("Deny");
  await page.getByRole("button", { name: "Add condition to To", exact: true }).click();
  await field("To 1 key").fill("type");
  await field("To 1 value").fill("public");
  await axe("#walk");

  await expect.poll(() => text(page)).toBe(
    [
      "apiVersion: projectcalico.org/v3",
      "kind: GlobalNetworkPolicy",
      "metadata:",
      "  name: twilio-integration",
      "spec:",
      "  tier: platform",
      "  order: 25",
      '  namespaceSelector: twilio == "allowed"',
      "  types: [Egress]",
      "  egress:",
      "  - action: Allow",
      "    destination:",
      "      domains: ['*.twilio.com']",
      "  - action: Deny",
      "    destination:",
      '      selector: type == "public"',
      "",
    ].join("\n"),
  );
  const names = board.locator('[data-tier="platform"] .card .nm b');
  await expect(names).toHaveText(["allow-dns", "logging", "twilio-integration", "twilio-old", "platform-pass"]);

  // rules change places by key, and the focus goes along
  await form.getByRole("button", { name: /^Egress rule 2/ }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(form.getByRole("button", { name: /^Egress rule 1: Deny/ })).toBeFocused();
  expect((await text(page)).indexOf("Deny")).toBeLessThan((await text(page)).indexOf("Allow"));
});

test("what is typed in the text shows in the form, and broken text disables it", async ({ page }) => {
  await open(page);
  await page.locator("#board .card", { has: page.locator('b[title="backend"]') }).click();
  await page.getByRole("tab", { name: "Form" }).click();
  const order = page.getByRole("form").getByLabel("Order", { exact: true });
  await expect(order).toHaveValue("530");
  await expect(page.getByRole("form").getByText("metadata.annotations")).toBeVisible();

  const line = page.locator(".cm-line", { hasText: "order: 530" });
  await line.click();
  await page.keyboard.press("End");
  await page.keyboard.type("5");
  await expect(order).toHaveValue("5305");
  await page.keyboard.type(": [");
  await expect(page.getByText("The text is not YAML at the moment")).toBeVisible();
  await expect(order).toBeDisabled();
});
