import { expect, test } from "./fixtures";
import { flow, open, selectWord, strip } from "./workbench";
import type { Page } from "@playwright/test";

const rows = (page: Page) => page.locator("#flows tr.flow");

/** Adds flows by the thousand, as a paste does. */
async function many(page: Page, count: number): Promise<void> {
  const text = Array.from({ length: count }, (_, index) => `storefront/frontend -> storefront/backend tcp/${index + 1000}`).join("\n");
  await page.getByRole("combobox", { name: "Add a flow" }).focus();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText(`${count + 16}`, { timeout: 30_000 });
}

test("of thousands of flows only those in view are drawn, and every one is reached", async ({ page, axe }) => {
  await open(page);
  await many(page, 5_000);
  expect(await rows(page).count()).toBeLessThan(100);
  await page.locator("#flows .scroll").evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(rows(page).filter({ hasText: "tcp/3500" })).toBeVisible();
  await axe("#flows");
  await rows(page).filter({ hasText: "tcp/3500" }).click();
  await page.keyboard.press("End");
  await expect(rows(page).filter({ hasText: "tcp/5999" })).toBeFocused();
  await page.keyboard.press("Home");
  await expect(flow(page, "gateway→storefront/frontend")).toBeFocused();
});

test("grouping, sorting and filtering list what is asked for, and an edit moves no row", async ({ page, axe }) => {
  await open(page);
  await rows(page).first().click();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Filter the flows" })).toBeFocused();
  await page.keyboard.type("backend 9200");
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("backend2");
  await expect(page.locator("#flows .empty")).toContainText("Nothing matches “backend2”.");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(rows(page)).toHaveCount(16);
  await page.getByRole("columnheader", { name: "Port" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: "Port" })).toHaveAttribute("aria-sort", "ascending");
  await expect(rows(page).first()).toContainText("udp/53");
  await page.locator("#flows").getByRole("button", { name: /^Sort: port/ }).click();
  await page.getByLabel("Group by").selectOption("verdict");
  await axe();
  await page.keyboard.press("Escape");
  await expect(page.locator("#flows tr.group")).toHaveText(["Allow12", "Deny4"]);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  await expect(page.locator("#flows tr.group")).toHaveText(["Allow12", "Deny4"]);
});

test("flips are counted from the baseline or from the last edit", async ({ page }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  await page.getByRole("combobox", { name: "Add a flow" }).fill("dev/web -> dev/toolbox tcp/22");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("17");
  await page.getByRole("tab", { name: /Only flipped/ }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByLabel("Flipped since").selectOption("the last edit");
  await expect(page.locator("#flows")).toContainText("Nothing flipped since the last edit.");
});
