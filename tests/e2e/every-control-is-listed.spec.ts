// `docs/controls.md` lists every control of the page; this compares it with the page as it runs.
import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { open, selectWord } from "./workbench";

const ROLES = "button|tab|link|textbox|checkbox|combobox|radio|separator|searchbox|spinbutton|switch|option";
const LINE = new RegExp(`^\\s*- '?(${ROLES})\\b(?: "((?:[^"\\\\]|\\\\.)*)")?`);

interface Row {
  role: string;
  name: string;
}

/** How a section of the page is reached, and where it is. */
interface Section {
  at: string;
  show?: (page: Page) => Promise<unknown>;
  /** Showing it leaves a page that another section cannot use: Escape does not take it back. */
  alone?: true;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name, exact: true }).first().click();
const tab = (name: RegExp) => (page: Page) => page.getByRole("tab", { name }).click();
const template = async (page: Page) => {
  await press("Examples")(page);
  await page.locator(".menu").getByRole("button", { name: /^Templates/ }).click();
  await page.getByRole("tab", { name: "Compiled" }).click();
};

const SECTIONS: Record<string, Section> = {
  "Top bar": { at: ".bar" },
  "Workspaces": { at: ".menu", show: press("storefront") },
  "Comparison with an earlier save": {
    at: ".menu",
    alone: true,
    show: async (page) => {
      await press("storefront")(page);
      await page.getByRole("list", { name: "Earlier saves" }).getByRole("button").first().click();
    },
  },
  "Examples": { at: ".menu", show: press("Examples") },
  "Import": { at: ".menu", show: press("Import") },
  "Export": { at: ".menu", show: press("Export") },
  "Theme": { at: ".menu", show: press("Theme") },
  "Keyboard shortcuts": { at: ".menu", show: press("Keyboard shortcuts") },
  "Found": { at: ".palette", show: (page) => page.getByRole("combobox", { name: "Find or run a command" }).fill("storefront/backend") },
  "Strip": {
    at: ".strip",
    alone: true,
    show: async (page) => {
      await selectWord(page, 18, "microservice2");
      await page.keyboard.type("frontend");
      await expect(page.locator(".strip")).toContainText("2 flows flipped");
    },
  },
  "Files": { at: "#text nav[aria-label=Files]" },
  "Text": { at: "#text > :not(nav):not(:has(nav))" },
  "File menu": { at: "#text .menu", show: press("File") },
  "Board": { at: "#board" },
  "Filter of the board": { at: "#board .subhead.filter", alone: true, show: press("Filter") },
  "Policy menu": { at: "#board .pop", show: (page) => page.locator("#board .card", { hasText: "logging" }).click({ button: "right" }) },
  "Add policy": { at: "#board .pop", show: press("Add policy to tier platform") },
  "Matrix": { at: "#board", alone: true, show: tab(/^Matrix/) },
  "Checks": { at: "#board", alone: true, show: tab(/^Checks/) },
  "Apply as": {
    at: "#board .apply",
    alone: true,
    show: async (page) => {
      await tab(/^Checks/)(page);
      await press("Add personas")(page);
      await tab(/^Checks/)(page);
      await page.getByRole("combobox", { name: "Apply as" }).waitFor();
    },
  },
  "Compiled": { at: "#board", alone: true, show: template },
  "Flows": { at: "#flows" },
  "Order of the flows": {
    at: "#flows .pop",
    alone: true,
    show: async (page) => {
      await press("Sort: file order")(page);
      await page.getByLabel("Sort by").selectOption("Verdict");
      await page.getByLabel("Expectation not met").check();
    },
  },
  "More about flows": { at: "#flows .pop", show: press("More") },
  "Problems": { at: "#flows", alone: true, show: tab(/^Problems/) },
  "Walk": { at: "#walk" },
  "Policy": { at: "#walk", alone: true, show: (page) => page.locator("#board .card", { hasText: "frontend-legacy" }).click() },
  "Form": { at: "#walk", alone: true, show: template },
  "Lines between panes": { at: ".app > main > .sep" },
  "Tabs of a narrow page": { at: ".bottom", alone: true, show: (page) => page.setViewportSize({ width: 400, height: 780 }) },
  "More": {
    at: "#more",
    alone: true,
    show: async (page) => {
      await page.setViewportSize({ width: 400, height: 780 });
      await press(/^More/)(page);
    },
  },
};

function listed(): Map<string, Row[]> {
  const text = readFileSync(new URL("../../docs/controls.md", import.meta.url), "utf8");
  const sections = text.split(/^## /m).slice(1);
  const row = (line: string): Row | undefined => {
    const [, role, name, does] = line.match(/^\| (\w+) \| (.*?) \| (.+) \|$/) ?? [];
    return role && name && does && role !== "role" ? { role, name: name.replaceAll("\\|", "|") } : undefined;
  };
  return new Map(
    sections.map((section) => {
      const [title = "", ...lines] = section.split("\n");
      return [title.trim(), lines.map(row).filter((found) => found !== undefined)];
    }),
  );
}

async function shown(page: Page, at: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const area of await page.locator(at).all()) {
    for (const line of (await area.ariaSnapshot()).split("\n")) {
      const [, role, name = ""] = line.match(LINE) ?? [];
      if (role) rows.push({ role, name: name.replaceAll('\\"', '"').replaceAll("\\\\", "\\").trim() });
    }
  }
  return rows;
}

/** `…` in a listed name stands for what differs from one to the next. */
function means({ role, name }: Row, control: Row): boolean {
  const parts = name.split("…").map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return role === control.role && new RegExp(`^${parts.join("[^]*")}$`).test(control.name);
}

const words = (row: Row): string => `${row.role} "${row.name}"`;
const table = listed();

test("every section of the page is in the list, and no other", () => {
  expect([...table.keys()]).toEqual(Object.keys(SECTIONS));
});

async function compare(page: Page, title: string, { at, show }: Section): Promise<void> {
  await show?.(page);
  const rows = table.get(title) ?? [];
  const compared = async () => {
    const controls = await shown(page, at);
    return {
      "listed, but not on the page": rows.filter((row) => !controls.some((control) => means(row, control))).map(words),
      "on the page, but not listed": controls.filter((control) => !rows.some((row) => means(row, control))).map(words),
    };
  };
  const same = { "listed, but not on the page": [], "on the page, but not listed": [] };
  await expect.configure({ soft: true }).poll(compared, { message: title, timeout: 5_000 }).toEqual(same);
}

const sections = Object.entries(SECTIONS);

test("every control is listed: what is there at once, and what opens over it", async ({ page }) => {
  await open(page);
  for (const [title, section] of sections.filter(([, section]) => !section.alone)) {
    await test.step(title, () => compare(page, title, section));
    await page.keyboard.press("Escape");
  }
});

for (const [title, section] of sections.filter(([, section]) => section.alone)) {
  test(`every control is listed: ${title}`, async ({ page }) => {
    await open(page);
    await compare(page, title, section);
  });
}
