import { expect, test } from "./fixtures";
import { bothThemes, flow, open, strip } from "./workbench";
import type { Page } from "@playwright/test";

const entry = (page: Page) => page.getByRole("combobox", { name: "Add a flow" });
const choices = (page: Page) => page.getByRole("listbox", { name: "What may stand here" }).getByRole("option");

test("a flow is composed from what is there, by keyboard", async ({ page, axe }) => {
  await open(page);
  await entry(page).focus();
  await page.keyboard.type("too");
  await expect(choices(page).first()).toContainText("dev/toolbox");
  await page.keyboard.press("ArrowDown");
  await expect(choices(page).first()).toHaveAttribute("aria-selected", "true");
  await bothThemes(page, axe);
  await page.keyboard.press("Enter");
  await expect(entry(page)).toHaveValue("dev/toolbox ");
  await expect(choices(page).first()).toContainText("->");
  await page.keyboard.type("-> embargo");
  await expect(choices(page).first()).toContainText("in network set embargo");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("dev/toolbox -> web");
  await expect(choices(page).first()).toContainText("dev/web");
  await page.keyboard.press("Tab");
  await page.keyboard.type("tcp/22 den");
  await expect(choices(page)).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(entry(page)).toHaveValue("dev/toolbox -> dev/web tcp/22 deny");
  await expect(page.locator(".entry .v")).toHaveText("Allow");
  await page.keyboard.press("Enter");
  await expect(entry(page)).toHaveValue("");
  await expect(flow(page, "tcp/22")).toContainText("not met");
});

test("a mistake is told with its column and what to do, and nothing typed is lost", async ({ page, axe }) => {
  await open(page);
  await entry(page).fill("storefront/frontend -> Backend tcp/8080");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("column 24: Backend is not a pod, an address or a domain name");
  await expect(entry(page)).toHaveValue("storefront/frontend -> Backend tcp/8080");
  await axe();
  await expect(strip(page)).toContainText("16 flows");
});

test("a pod that a flow names and nobody declares is created by its fix", async ({ page }) => {
  await open(page);
  await entry(page).fill("dev/wep -> storefront/frontend tcp/8080");
  await page.keyboard.press("Enter");
  await expect(flow(page, "not read")).toBeVisible();
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await page.getByRole("button", { name: /^Create pod dev\/wep/ }).click();
  await page.getByRole("tab", { name: /^Flows/ }).click();
  await expect(flow(page, "wep→storefront/frontend")).toContainText("Deny");
});
