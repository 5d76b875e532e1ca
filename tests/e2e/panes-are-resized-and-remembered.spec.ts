import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { open } from "./workbench";

const width = async (page: Page, pane: string): Promise<number> => Math.round((await page.locator(pane).boundingBox())?.width ?? 0);

test("panes are resized by pointer and by key, remembered, and restored", async ({ page, axe }) => {
  await open(page);
  const text = page.getByRole("separator", { name: "Width of the text" });
  await expect(text).toHaveAttribute("aria-valuenow", "452");
  await text.hover({ position: { x: 4, y: 300 } });
  await page.mouse.down();
  await page.mouse.move(520, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width(page, "#text")).toBe(520);
  await text.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(text).toHaveAttribute("aria-valuenow", "504");
  await page.keyboard.press("Home");
  await expect.poll(() => width(page, "#text")).toBe(320);
  await page.keyboard.press("End");
  expect(await width(page, "#board")).toBeGreaterThanOrEqual(418);
  await page.keyboard.press("Home");
  const walk = page.getByRole("separator", { name: "Width of the walk" });
  await walk.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => width(page, "#walk")).toBe(372);
  const drawer = page.getByRole("separator", { name: "Height of the drawer" });
  await drawer.focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await page.locator("#flows").boundingBox())?.height).toBe(262);
  await axe();
  await page.reload();
  await expect.poll(() => width(page, "#text")).toBe(320);
  await expect.poll(() => width(page, "#walk")).toBe(372);
  await text.dblclick({ position: { x: 4, y: 300 } });
  await expect.poll(() => width(page, "#text")).toBe(452);
});

test("on paper the bars are gone and panes follow one another", async ({ page }) => {
  await open(page);
  const share = page.getByRole("button", { name: "Share" });
  await expect(share).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(share).toBeHidden();
  const tops = await Promise.all(["#walk", "#flows", "#board", "#text"].map(async (pane) => (await page.locator(pane).boundingBox())?.y ?? 0));
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
});
