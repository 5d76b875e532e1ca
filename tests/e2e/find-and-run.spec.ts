import { expect, test } from "./fixtures";
import { board, bothThemes, expectLine, flow, open, strip } from "./workbench";

test("files, objects, flows and commands are found by some of their letters", async ({ page, axe }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Find or run a command" });
  const found = page.getByRole("listbox", { name: "Found" });
  await expect(field).toBeFocused();
  await bothThemes(page, axe);
  await page.keyboard.type("polback");
  await expect(found.getByRole("option").first()).toContainText("policies/backend.yaml");
  await field.fill("gatefront");
  await expect(found.getByRole("option").first()).toContainText("ingress/gateway → storefront/frontend tcp/8080");
  await page.keyboard.press("Enter");
  await expect(flow(page, "ingress/gateway")).toHaveAttribute("aria-selected", "true");
  await expect(found).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("block-embargo");
  await expect(found.getByRole("option").first()).toContainText("GlobalNetworkPolicy");
  await page.keyboard.press("Enter");
  await expect(page.locator(".edhead")).toContainText("security.yaml");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dns trap");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(strip(page)).toContainText("web may call payments");
});

test("views, theme and presentation size are a key or a name away", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("tab", { name: "Matrix" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Control+1");
  await expect(board(page)).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("button", { name: "As the system" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await page.getByRole("checkbox", { name: "Presentation size" }).check();
  await page.keyboard.press("Escape");
  // 1440 pixels leave room for two columns at that size
  const [middle, walk] = await Promise.all([page.locator("#board").boundingBox(), page.locator("#walk").boundingBox()]);
  expect(walk?.x).toBe(middle?.x);
  expect((walk?.y ?? 0) + (walk?.height ?? 0)).toBeLessThanOrEqual(900);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-size", "present");
  await expectLine(page, 18, "microservice1");
});
