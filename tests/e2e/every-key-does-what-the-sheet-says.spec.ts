// The sheet that `?` shows, row for row against what the keys do. A row without a check here fails, and so does a check without a row.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { board, expectLine, file, lines, open, selectWord, strip, text, walk } from "./workbench";

const press = (page: Page, key: string) => page.keyboard.press(key);
/** A row by its ends; those that a chosen policy selects say so between them. */
const row = (page: Page, from: string, to: string) => page.getByRole("grid", { name: "Flows" }).getByRole("row").filter({ hasText: new RegExp(`${from}[^→]*→${to}`) });
const step = (page: Page) => walk(page).locator(".step[aria-current=step]");
const card = (page: Page, name: string) => board(page).locator(".card", { has: page.locator(`b[title="${name}"]`) });
const tab = (page: Page, name: string) => page.getByRole("tab", { name });

/** To the flow that the page opens with. */
const flows = async (page: Page) => {
  await row(page, "frontend", "backend").click();
  await expect(row(page, "frontend", "backend")).toBeFocused();
};

/** Puts the cursor behind what a line of backend.yaml holds. */
const at = async (page: Page, line: number) => {
  await file(page, "backend").click();
  await page.locator(".cm-line").nth(line - 1).click();
  await press(page, "End");
};

/** Puts the cursor on a name that another file defines. */
const atTier = async (page: Page) => {
  await file(page, "platform").click();
  await page.locator(".cm-line", { hasText: "tier: platform" }).first().click();
  await press(page, "End");
};

const CHECKS: Record<string, (page: Page) => Promise<void>> = {
  "Ctrl+K": async (page) => {
    await at(page, 2);
    await press(page, "Control+k");
    const field = page.getByRole("combobox", { name: "Find or run a command" });
    await expect(field).toBeFocused();
    await page.keyboard.type("gate");
    await press(page, "Escape");
    await expect(field).toHaveValue("");
    await expect(text(page)).toBeFocused();
  },
  "Ctrl+1 Ctrl+2 Ctrl+3": async (page) => {
    for (const [key, name] of [["2", "Matrix"], ["3", /^Checks/], ["1", "Board"]] as const) {
      await press(page, `Control+${key}`);
      await expect(page.getByRole("tab", { name })).toHaveAttribute("aria-selected", "true");
    }
  },
  "F6 Shift+F6": async (page) => {
    await at(page, 2);
    await press(page, "F6");
    await expect(board(page).locator(".card:focus")).toHaveCount(1);
    await press(page, "Shift+F6");
    await expect(text(page)).toBeFocused();
  },
  "↑ ↓": async (page) => {
    await flows(page);
    await press(page, "ArrowUp");
    await expect(row(page, "frontend", "microservice2")).toBeFocused();
    await press(page, "ArrowDown");
    await expect(row(page, "frontend", "backend")).toBeFocused();
  },
  "← →": async (page) => {
    await card(page, "block-embargo").click();
    await press(page, "ArrowRight");
    await expect(card(page, "logging")).toBeFocused();
    await press(page, "ArrowLeft");
    await expect(card(page, "block-embargo")).toBeFocused();
    await flows(page);
    await press(page, "Enter");
    await expect(step(page)).toBeFocused();
    await press(page, "ArrowUp");
    await expect(step(page)).toContainText("storefront/backend");
    await expect(step(page)).toBeFocused();
    await press(page, "ArrowLeft");
    await expect(walk(page).locator(".clauses")).toHaveCount(0);
    await press(page, "ArrowRight");
    await expect(walk(page).locator(".clauses")).toHaveCount(1);
  },
  "Alt+↑ Alt+↓ Alt+← Alt+→": async (page) => {
    const tiers = board(page).locator("[data-tier]");
    const of = (name: string) => tiers.filter({ has: page.locator(`b[title="${name}"]`) });
    await card(page, "logging").click();
    await press(page, "Alt+ArrowDown");
    await expect(of("logging").locator(".card .nm b").nth(2)).toHaveText("logging");
    await press(page, "Alt+ArrowUp");
    await expect(of("logging").locator(".card .nm b").nth(1)).toHaveText("logging");
    await press(page, "Alt+ArrowLeft");
    await expect(of("logging")).toHaveAttribute("data-tier", "security");
    await expect(card(page, "logging")).toBeFocused();
    await press(page, "Alt+ArrowRight");
    await expect(of("logging")).toHaveAttribute("data-tier", "platform");
    for (let undone = 0; undone < 4; undone += 1) await press(page, "Control+z");
    await expect(of("logging").locator(".card .nm b").nth(1)).toHaveText("logging");
  },
  "J K": async (page) => {
    await flows(page);
    await press(page, "d");
    await press(page, "k");
    await expect(step(page)).toContainText("storefront/backend");
    await press(page, "j");
    await expect(step(page)).toContainText("End of tier");
  },
  D: async (page) => {
    await flows(page);
    await press(page, "k");
    await press(page, "d");
    await expect(step(page)).toContainText("End of tier");
  },
  E: async (page) => {
    await flows(page);
    await press(page, "e");
    await expect(board(page).getByRole("button", { name: /^Egress at frontend/ })).toHaveAttribute("aria-pressed", "true");
    await press(page, "e");
    await expect(board(page).getByRole("button", { name: /^Ingress at backend/ })).toHaveAttribute("aria-pressed", "true");
  },
  "↵": async (page) => {
    await flows(page);
    await press(page, "Enter");
    await expect(step(page)).toBeFocused();
    await press(page, "Enter");
    await expect(text(page)).toBeFocused();
  },
  "F8 Shift+F8": async (page) => {
    await flows(page);
    await press(page, "F8");
    await expect(page.locator(".edhead .path")).not.toHaveText("policies/backend.yaml");
    const first = await page.locator(".edhead .path").innerText();
    await expect(text(page)).toBeFocused();
    await press(page, "F8");
    await press(page, "Shift+F8");
    await expect(page.locator(".edhead .path")).toHaveText(first);
  },
  "Ctrl+.": async (page) => {
    await file(page, "backend").click();
    await selectWord(page, 16, "TCP");
    await page.keyboard.type("tcp");
    await expect(page.locator(".edhead")).toContainText("1 error");
    await press(page, "Control+.");
    await expectLine(page, 16, "protocol: TCP");
    await expect(page.locator(".edhead")).toContainText("No problems");
  },
  "Ctrl+Space": async (page) => {
    await at(page, 16);
    await press(page, "Control+Backspace");
    await press(page, "Control+Space");
    await expect(page.locator(".cm-tooltip-autocomplete")).toContainText("TCP");
    await press(page, "Escape");
    await press(page, "Control+z");
    await expectLine(page, 16, "protocol: TCP");
  },
  "Shift+F1": async (page) => {
    await at(page, 16);
    await page.mouse.move(0, 0);
    await press(page, "Shift+F1");
    await expect(page.locator(".tw-told")).toContainText("Protocol 6.");
    await press(page, "Escape");
    await expect(page.locator(".tw-told")).toHaveCount(0);
  },
  "F12 Shift+F12": async (page) => {
    await atTier(page);
    await press(page, "F12");
    await expect(page.getByRole("textbox", { name: "Text of policies/tiers.yaml" })).toBeFocused();
    await press(page, "Shift+F12");
    await expect(page.locator(".hits button").first()).toBeFocused();
    await tab(page, "Flows").click();
  },
  F2: async (page) => {
    await atTier(page);
    await press(page, "F2");
    await expect(page.getByLabel("New name of tier")).toBeFocused();
    await press(page, "Escape");
    await expect(page.getByLabel("New name of tier")).toHaveCount(0);
  },
  "Shift+Alt+F": async (page) => {
    await at(page, 4);
    await page.keyboard.type("   ");
    await press(page, "Shift+Alt+F");
    await expect.poll(async () => (await lines(page))[3]).toBe("  name: backend");
  },
  "Ctrl+Shift+[ Ctrl+Shift+]": async (page) => {
    await at(page, 13);
    await press(page, "Control+Shift+BracketLeft");
    await expect(page.locator(".cm-foldPlaceholder")).toHaveText("… 15 lines");
    await press(page, "Control+Shift+BracketRight");
    await expect(page.locator(".cm-foldPlaceholder")).toHaveCount(0);
  },
  "Ctrl+F Ctrl+Shift+F": async (page) => {
    await at(page, 2);
    await press(page, "Control+f");
    await expect(page.locator(".cm-search input").first()).toBeFocused();
    await press(page, "Escape");
    await press(page, "Control+Shift+F");
    await expect(page.getByLabel("Find in all files")).toBeFocused();
    await tab(page, "Flows").click();
  },
  "Alt+PgUp Alt+PgDn": async (page) => {
    await file(page, "tiers").click();
    await file(page, "backend").click();
    await press(page, "Alt+PageUp");
    await expect(page.locator(".edhead .path")).not.toHaveText("policies/backend.yaml");
    await press(page, "Alt+PageDown");
    await expect(page.locator(".edhead .path")).toHaveText("policies/backend.yaml");
  },
  "Ctrl+Z Ctrl+Shift+Z": async (page) => {
    await page.getByRole("combobox", { name: "Add a flow" }).fill("dev/web -> dev/toolbox tcp/22");
    await press(page, "Enter");
    await expect(tab(page, "Flows")).toContainText("17");
    await flows(page);
    await press(page, "Control+z");
    await expect(tab(page, "Flows")).toContainText("16");
    await press(page, "Control+Shift+Z");
    await expect(tab(page, "Flows")).toContainText("17");
    await press(page, "Control+z");
    await expect(tab(page, "Flows")).toContainText("16");
  },
  B: async (page) => {
    await flows(page);
    await press(page, "b");
    await expect(page.getByRole("status")).toContainText("Baseline pinned");
  },
  "/": async (page) => {
    await flows(page);
    await press(page, "/");
    await expect(page.getByRole("searchbox", { name: "Filter the flows" })).toBeFocused();
    await expect(page.getByRole("searchbox", { name: "Filter the flows" })).toHaveValue("");
  },
  "Ctrl+S": async (page) => {
    await press(page, "Control+s");
    await expect(page.getByRole("status")).toContainText("Everything is already saved in this browser");
  },
  "?": async (page) => {
    await flows(page);
    await press(page, "?");
    await expect(page.getByRole("table", { name: "Keys" })).toBeVisible();
    await press(page, "Escape");
    await expect(page.getByRole("table", { name: "Keys" })).toHaveCount(0);
  },
  Esc: async (page) => {
    await at(page, 2);
    await press(page, "Escape");
    await press(page, "Tab");
    await expect(text(page)).not.toBeFocused();
    await expectLine(page, 2, "kind: NetworkPolicy");
  },
};

test("every key does what the sheet says", async ({ page }) => {
  await open(page);
  await press(page, "?");
  const heads = page.getByRole("table", { name: "Keys" }).getByRole("rowheader");
  const listed = (await heads.allInnerTexts()).map((keys) => keys.trim().replace(/\s+/g, " "));
  expect(listed).toEqual(Object.keys(CHECKS));
  await press(page, "Escape");
  for (const [keys, check] of Object.entries(CHECKS)) await test.step(keys, () => check(page));
  await expect(strip(page)).toContainText("No flow flips");
});
