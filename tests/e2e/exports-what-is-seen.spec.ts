import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { bothThemes, open } from "./workbench";

async function exported(page: Page, what: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: what, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("board and walk leave as pictures of what is shown", async ({ page, axe }) => {
  await open(page);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await bothThemes(page, axe);
  await page.keyboard.press("Escape");
  await page.emulateMedia({ colorScheme: "light" });
  const board = await exported(page, "Board as SVG");
  expect(board.name).toBe("storefront-board.svg");
  const drawing = board.bytes.toString();
  expect(drawing).toContain(">security-pass</text>");
  expect(drawing).toContain("storefront/frontend → backend tcp/8080 · ingress at storefront/backend: Deny");
  const walk = await exported(page, "Walk as SVG");
  expect(walk.bytes.toString()).toContain("frontend may send this; backend may not receive it.");
  const png = await exported(page, "Board as PNG");
  expect(png.name).toBe("storefront-board.png");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(png.bytes.length).toBeGreaterThan(20_000);
});

test("the report and the one YAML file hold everything", async ({ page }) => {
  await open(page);
  const report = (await exported(page, "Report as Markdown")).bytes.toString();
  expect(report).toContain("| Deny | storefront/frontend | storefront/backend | tcp/8080 |");
  expect(report).toContain("### Tier platform, order 700, ends in Deny");
  const yaml = (await exported(page, "All YAML as one file")).bytes.toString();
  expect(yaml).toContain("# policies/backend.yaml\napiVersion: projectcalico.org/v3");
  expect(yaml.match(/^# (policies|cluster|flows)\//gm)?.length).toBe(13);
});
