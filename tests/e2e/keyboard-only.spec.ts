import { expect, test } from "./fixtures";
import { board, flow, open, strip, walk } from "./workbench";

test("flows, walk, board and text are reached and used without a pointer", async ({ page }) => {
  await open(page);
  await page.keyboard.press("F6");
  await expect(page.locator("#text .cm-content")).toBeFocused();
  await page.keyboard.press("F6");
  await expect(board(page).locator(".card").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(board(page).locator(".card", { hasText: "block-embargo" })).toBeFocused();
  await expect(page.locator(".edhead")).toContainText("security.yaml");
  await page.keyboard.press("ArrowRight");
  await expect(board(page).locator(".card", { hasText: "logging" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(flow(page, "frontend→backend")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(flow(page, "frontend→microservice2")).toBeFocused();
  await expect(walk(page)).toContainText("frontend may send this and microservice2 may receive it.");
  await page.keyboard.press("Enter");
  await expect(walk(page).locator(".step[aria-current=step]")).toBeFocused();
});

test("the walk is gone through step by step, over both ends", async ({ page }) => {
  await open(page);
  const step = walk(page).locator(".step[aria-current=step]");
  await expect(step).toContainText("End of tier");
  await page.keyboard.press("k");
  await expect(step).toContainText("storefront/backend");
  for (let steps = 0; steps < 4; steps += 1) await page.keyboard.press("k");
  await expect(walk(page).getByRole("list", { name: "Egress steps" })).toBeVisible();
  await page.keyboard.press("d");
  await expect(step).toContainText("End of tier");
  await expect(step).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(step).toContainText("storefront/backend");
  await page.keyboard.press("ArrowLeft");
  await expect(walk(page).locator(".clauses")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(walk(page).locator(".clauses")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.locator("#text .cm-content")).toBeFocused();
});

test("menus open, close and give the focus back", async ({ page, axe }) => {
  await open(page);
  const examples = page.getByRole("button", { name: "Examples" });
  await examples.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".menu").getByRole("button", { name: /^Storefront/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".menu").getByRole("button", { name: /^Default deny/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(examples).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("table", { name: "Keys" })).toBeVisible();
  await axe();
});

test("single letters can be turned off, and stay off", async ({ page }) => {
  await open(page);
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: /Single letters/ }).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(strip(page)).toContainText("16 flows");
  await page.keyboard.press("e");
  await expect(board(page).getByRole("button", { name: /Ingress at backend/ })).toHaveAttribute("aria-pressed", "true");
});

test("letters typed into text are text", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Add a flow" }).focus();
  await page.keyboard.type("jkde?");
  await expect(page.getByRole("combobox", { name: "Add a flow" })).toHaveValue("jkde?");
  await expect(page.getByRole("table", { name: "Keys" })).toHaveCount(0);
});

test("saving says that there is nothing to save", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("status")).toContainText("Everything is already saved in this browser");
});
