import { readFileSync } from "node:fs";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { bothThemes, open, walk } from "./workbench";

const matrix = (page: Page): Locator => page.getByRole("grid", { name: /^Verdict for/ });
const cell = (page: Page, pair: string): Locator => matrix(page).getByRole("gridcell", { name: pair });

async function openMatrix(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Matrix" }).click();
  await expect(matrix(page)).toBeVisible();
}

/** 2,000 pods in 40 namespaces, each with a policy for one of its five applications. */
function largeWorkspace(): string {
  const spaces = Array.from({ length: 40 }, (_, space) => space);
  const documents = spaces.flatMap((space) => [
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-${space}\n  labels:\n    team: team-${space}\n`,
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: only-web\n  namespace: team-${space}\nspec:\n  podSelector:\n    matchLabels:\n      app: app-1\n` +
      `  policyTypes: [Ingress]\n  ingress:\n  - from:\n    - namespaceSelector:\n        matchLabels:\n          team: team-${(space + 1) % 40}\n    ports:\n    - port: 8080\n`,
    ...Array.from(
      { length: 50 },
      (_, pod) =>
        `apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod-${pod}\n  namespace: team-${space}\n  labels:\n    app: app-${pod % 5}\nstatus:\n  podIP: 10.1.${space}.${pod}\n`,
    ),
  ]);
  return documents.join("---\n");
}

test("every pair has its verdict, is walked when chosen, and becomes a flow only when asked", async ({ page, axe }) => {
  await open(page);
  await openMatrix(page);
  await expect(page.getByRole("region", { name: "Matrix" })).toContainText("150 pairs");
  await expect(cell(page, "storefront/frontend to storefront/backend: Deny")).toBeVisible();
  await expect(cell(page, "storefront/logging to storefront/microservice1: Allow, pending Deny")).toBeVisible();
  await cell(page, "storefront/logging to storefront/microservice1").click();
  await expect(walk(page)).toContainText("logging reaches microservice1");
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("16");
  await bothThemes(page, axe);
  await walk(page).getByRole("button", { name: "Add to flows" }).click();
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("17");
  await expect(page.locator(".strip")).toContainText("1 flow added");
  await expect(walk(page)).toContainText("logging reaches microservice1");
  await expect(walk(page).getByRole("button", { name: "Add to flows" })).toHaveCount(0);
});

test("an edit changes the cells and the walk of the chosen pair", async ({ page }) => {
  await open(page);
  await openMatrix(page);
  await cell(page, "storefront/frontend to storefront/backend: Deny").click();
  await expect(walk(page)).toContainText("backend may not receive it");
  await page.locator(".cm-line", { hasText: "microservice2" }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(', "frontend"');
  await expect(cell(page, "storefront/frontend to storefront/backend: Allow")).toBeVisible();
  await expect(walk(page)).toContainText("backend may receive it");
});

test("the matrix is one tab stop with arrows inside", async ({ page }) => {
  await open(page);
  await openMatrix(page);
  await expect(matrix(page).locator("[tabindex='0']")).toHaveCount(1);
  await cell(page, "dev/toolbox to dev/web").focus();
  await page.keyboard.press("ArrowDown");
  await expect(cell(page, "dev/web to dev/web: itself")).toBeFocused();
  await page.keyboard.press("End");
  await expect(cell(page, "dev/web to api.twilio.com")).toBeFocused();
  await page.keyboard.press("Control+Home");
  const group = matrix(page).getByRole("button", { name: "dev", exact: true }).and(page.locator("[data-at]"));
  await expect(group).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cell(page, "dev, 2 ends to ingress/gateway: 2 Allow, 0 Deny")).toBeVisible();
  await page.keyboard.press("Control+End");
  await expect(cell(page, "api.twilio.com to api.twilio.com: itself")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(cell(page, "dev/toolbox to dev/web: Allow")).toBeVisible();
  await cell(page, "203.0.113.9 to dev/web").focus();
  await page.keyboard.press("Enter");
  await expect(walk(page)).toContainText("203.0.113.9");
});

test("filters leave lines and columns out, another port asks anew, and the table is handed out", async ({ page }) => {
  await open(page);
  await openMatrix(page);
  await page.getByLabel("Filter from").fill("storefront");
  await page.getByLabel("Filter to").fill("backend");
  await expect(matrix(page).getByRole("gridcell")).toHaveCount(5);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text.split("\r\n").slice(0, 3)).toEqual(['"from \\ to, tcp/8080",storefront/backend', "storefront/backend,", "storefront/frontend,Deny"]);
  await page.getByLabel("Filter from").fill("nobody");
  await expect(page.locator("#board")).toContainText("Nothing matches “nobody” and “backend”.");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await page.getByLabel("Port").fill("tcp/9102");
  await page.getByLabel("Port").press("Enter");
  await expect(cell(page, "monitoring/prometheus to storefront/backend: Allow")).toBeVisible();
  await page.getByLabel("Port").fill("teapot");
  await page.getByLabel("Port").press("Enter");
  await expect(page.locator("#board")).toContainText("Write a protocol and a port");
});

test("2,000 endpoints are counted in full and only what is looked at is drawn", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByLabel("Files or zip").setInputFiles({ name: "large.yaml", mimeType: "text/yaml", buffer: Buffer.from(largeWorkspace()) });
  await expect(page.locator(".strip")).toContainText("1 file imported");
  await openMatrix(page);
  await expect(page.getByRole("region", { name: "Matrix" })).toContainText("4 050 150 pairs", { timeout: 60_000 });
  const drawn = (): Promise<number> => matrix(page).getByRole("gridcell").count();
  expect(await drawn()).toBeLessThan(1500);
  await matrix(page).locator("[tabindex='0']").focus();
  await page.keyboard.press("Control+End");
  await expect(cell(page, "api.twilio.com to api.twilio.com: itself")).toBeFocused();
  expect(await drawn()).toBeLessThan(1500);
  await page.getByLabel("Filter from").fill("team-7/pod-1");
  await expect(cell(page, "team-7/pod-10 to ")).not.toHaveCount(0);
});
