import { expect, test } from "./fixtures";
import { bothThemes, expectLine, file, open, openExample, text } from "./workbench";

import type { Page } from "@playwright/test";

const checks = (page: Page) => page.getByRole("region", { name: "Checks", exact: true });
const row = (page: Page, id: string) => page.getByRole("grid", { name: "Checks" }).getByRole("row").filter({ hasText: id });
const finding = (page: Page) => page.getByRole("complementary", { name: "Finding" });

const openChecks = (page: Page) => page.getByRole("tab", { name: /^Checks/ }).click();

/** Puts the cursor behind the last character of the editor. */
async function atEnd(page: Page): Promise<void> {
  await text(page).click();
  await page.keyboard.press("ControlOrMeta+End");
}

test("a newcomer writes a check, sees it fail on the right line, mends the policy and sees it pass", async ({ page, axe }) => {
  await open(page);
  await openExample(page, /^Default deny/);
  await openChecks(page);
  await expect(checks(page)).toContainText("No checks in this workspace.");
  await bothThemes(page, axe);

  await page.getByRole("button", { name: "New check" }).click();
  await expect(row(page, "owner")).toContainText("Fail");
  await atEnd(page);
  await page.keyboard.type('\nwarn_port contains {"msg": "ports are 443", "path": "spec.ingress[0].ports[0].port"} if ');
  await page.keyboard.insertText("{\n  some rule in input.spec.ingress\n  some port in rule.ports\n  port.port != 443\n}\n");
  await expect(page.locator(".cm-content")).toContainText("port.port != 443");
  await expect(row(page, "port")).toContainText("Warn");
  await expect(page.locator(".tw-cover")).toContainText(/\d of \d+/);
  await bothThemes(page, axe);

  const owner = checks(page).getByRole("button", { name: /web-egress has no annotation/ });
  await owner.click();
  await expect(finding(page)).toContainText("web-egress has no annotation owner");
  await finding(page).getByRole("button", { name: "web-to-api.yaml:4" }).click();
  await expectLine(page, 4, "name: web-egress");
  await expect(page.locator(".cm-line").nth(3).locator(".tw-sq-error")).toBeVisible();
  await page.locator(".cm-line").nth(3).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("annotations: {owner: team-shop}");
  await expect(owner).toHaveCount(0);
});

test("the first verdict does not wait for Rego, and without checks it is never asked for", async ({ page }) => {
  // every worker that is started, and whether a verdict was there by then
  await page.addInitScript(() => {
    const started: string[] = [];
    const Original = Worker;
    Object.assign(globalThis, { started });
    globalThis.Worker = class extends Original {
      constructor(url: string | URL) {
        const verdict = document.querySelector("#walk .fhead .v") ? "after a verdict" : "at once";
        started.push(`${/(worker|checker)-/.exec(String(url))?.[1]} ${verdict}`);
        super(url);
      }
    };
  });
  const started = () => page.evaluate(() => (globalThis as unknown as { started: string[] }).started);
  await open(page);
  await expect(page.getByRole("tab", { name: /^Checks 1/ })).toBeVisible();
  expect(await started()).toEqual(["worker at once", "checker after a verdict"]);

  await openExample(page, /^Default deny/);
  await expect(page.getByRole("tab", { name: "Checks", exact: true })).toBeVisible();
  await page.reload();
  await openChecks(page);
  await expect(checks(page)).toContainText("No checks in this workspace.");
  expect(await started()).toEqual(["worker at once"]);
});

test("the storefront's findings stand in the text, on the board and in the list, and a fix takes one away", async ({ page, axe }) => {
  await open(page);
  await expect(page.locator("#board .card").filter({ hasText: "microservice2" })).toContainText("Check");
  await openChecks(page);
  await expect(checks(page)).toContainText("6 on, 1 off · evaluated on 13 policies");
  await expect(row(page, "order")).toContainText("1 fail");
  await expect(row(page, "owner")).toContainText("1 warn, 1 excepted");
  await expect(checks(page)).toContainText("Reason given: installed by a vendor chart, until 2027-03-31.");
  await expect(finding(page)).toContainText("FAIL - policies/microservice2.yaml - main - microservice2: order 320 is below 500");
  await bothThemes(page, axe);
  await checks(page).getByRole("button", { name: "team", exact: true }).click();
  await expect(checks(page).locator(".grp").first()).toContainText("team-storefront");
  await checks(page).getByRole("button", { name: "Set order to 500" }).click();
  await expect(row(page, "order")).toContainText("holds");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(row(page, "order")).toContainText("1 fail");
});

test("the pack is added, a check is switched off, a finding is excepted, each in the text", async ({ page, axe }) => {
  await open(page);
  await openExample(page, /^Default deny/);
  await openChecks(page);
  await page.getByRole("button", { name: "Add the starter pack" }).click();
  await expect(row(page, "order")).toBeVisible();
  await expectLine(page, 3, "apiVersion: tierwalk.dev/v1");
  await row(page, "order").click();
  await page.getByRole("complementary", { name: "Check" }).getByRole("button", { name: "Turn off" }).click();
  await expect(row(page, "order")).toContainText("Off");
  await expectLine(page, 7, "order: {enabled: false, min: 500");
  await page.getByLabel("min", { exact: true }).fill("600");
  await page.keyboard.press("Tab");
  await expectLine(page, 7, "min: 600");
  await row(page, "owner").click();
  await page.getByRole("complementary", { name: "Check" }).getByRole("button", { name: "Turn on" }).click();
  await expect(row(page, "owner")).toContainText("fail");
  await checks(page).getByRole("button", { name: /has no annotation/ }).first().click();
  await page.getByRole("button", { name: "Except this" }).click();
  await expect(page.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type("until the move");
  await page.getByLabel("Last day").fill("2099-12-31");
  await axe("#walk");
  await page.getByRole("button", { name: "Write the exception" }).click();
  await expect(row(page, "owner")).toContainText("1 excepted");
  await expect.poll(() => page.locator(".cm-content").innerText()).toContain("reason: until the move");
});

test("every check is switched from the table, and the workspace's own ones in the settings", async ({ page, axe }) => {
  await open(page);
  await openExample(page, /^Default deny/);
  await openChecks(page);
  await page.getByRole("button", { name: "New check" }).click();
  await expect(row(page, "owner")).toContainText("Fail");
  await page.getByRole("switch", { name: "owner on" }).click();
  await expect(row(page, "owner")).toContainText("Off");
  await expect(checks(page)).toContainText("Every policy passes.");
  await file(page, "checks").click();
  await expect.poll(() => page.locator(".cm-content").innerText()).toContain("own:\n  owner: false");
  await bothThemes(page, axe);
  await page.getByRole("switch", { name: "owner on" }).click();
  await expect(row(page, "owner")).toContainText("Fail");
});

test("checks and findings are gone through by keyboard, and an expression is evaluated", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("tab", { name: /^Checks 1/ })).toBeVisible();
  await page.getByRole("tab", { name: /^Board/ }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: /^Checks/ })).toBeFocused();
  await row(page, "order").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("complementary", { name: /Check|Finding/ })).toBeVisible();

  await file(page, "order").click();
  await page.locator(".cm-line").filter({ hasText: "input.spec.order < min_order" }).click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.locator("#walk .value")).toContainText("true");
  await page.getByLabel("Evaluated on").selectOption({ label: "NetworkPolicy storefront/backend" });
  await expect(page.locator("#walk .value")).toContainText("false");
});

test("an endless check is stopped and named, and the page goes on", async ({ page }) => {
  await open(page);
  await openExample(page, /^Default deny/);
  await openChecks(page);
  await page.getByRole("button", { name: "New check" }).click();
  await expect(row(page, "owner")).toContainText("Fail");
  await atEnd(page);
  await page.keyboard.insertText('\ndeny_endless contains "never" if {\n  some a in numbers.range(1, 900000)\n  some b in numbers.range(1, 900000)\n  a + b < 0\n}\n');
  await page.keyboard.type("# still typing");
  await expect.poll(() => page.locator(".cm-content").innerText()).toContain("# still typing");
  await expect(page.locator(".tw-sq-error").first()).toBeVisible({ timeout: 20_000 });
  await expect(row(page, "owner")).toContainText("Fail");
});
