// Hands and eyes for the tests of the page.
import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";

/** The text in the editor. */
export const text = (page: Page): Locator => page.getByRole("textbox", { name: /^Text of/ });

/** The strip under the top bar. */
export const strip = (page: Page): Locator => page.getByRole("region", { name: "All flows" });

/** The walk of the chosen flow. */
export const walk = (page: Page): Locator => page.getByRole("complementary", { name: "Walk of the selected flow" });

/** The board. */
export const board = (page: Page): Locator => page.getByRole("region", { name: "Board" });

/** A flow in the drawer. */
export const flow = (page: Page, name: string): Locator => page.getByRole("grid", { name: "Flows" }).getByRole("row").filter({ hasText: name });

/** A file in the index. */
export const file = (page: Page, name: string): Locator => page.getByRole("navigation", { name: "Files" }).getByRole("button", { name, exact: true });

/** Opens the page and waits for the engine's first answer and for the editor. */
export async function open(page: Page, path = "/"): Promise<void> {
  // an unoptimised page on a busy machine takes its time
  test.setTimeout(90_000);
  await page.goto(path);
  await expect(page.locator("#flows .tabs .n").first()).not.toHaveText("0");
  await expect(page.locator(".cm-content")).toBeAttached();
  if (path === "/") await settled(page);
}

/** Opens an example of the gallery in place of what is there. */
export async function openExample(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.locator(".menu").getByRole("button", { name }).click();
}

/** What the checks find is marked in the index of files, which may then need another line: the text stands still afterwards. */
async function settled(page: Page): Promise<void> {
  if ((await page.locator("#text nav").getByText("microservice2").count()) > 0) await expect(page.locator("#text nav")).toContainText(/microservice2\s*1/);
}

/** Whole text of the file that is open, as far as the editor draws it. */
export const lines = (page: Page): Promise<string[]> =>
  text(page).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent ?? ""));

/** A line of the editor, from 1, holds this. */
export const expectLine = (page: Page, line: number, part: string): Promise<void> =>
  expect.poll(() => lines(page).then((all) => all[line - 1] ?? "")).toContain(part);

/** Selects a word in a line of the editor with a double click, as a user would. */
export async function selectWord(page: Page, line: number, word: string): Promise<void> {
  const place = await page
    .locator(".cm-line")
    .nth(line - 1)
    .evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      throw new Error(`no ${wanted} in this line`);
    }, word);
  await page.mouse.dblclick(place.x, place.y);
}

/** Light and dark, each checked by axe. */
export async function bothThemes(page: Page, axe: (scope?: string) => Promise<void>): Promise<void> {
  test.setTimeout(90_000);
  for (const colorScheme of ["light", "dark"] as const) {
    // colours that are on their way have no contrast yet
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await axe();
  }
}
