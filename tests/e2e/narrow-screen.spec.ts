import { expect, test } from "./fixtures";
import { bothThemes, flow, open, strip, walk } from "./workbench";

test.describe("400 px wide", () => {
  test.use({ viewport: { width: 400, height: 800 } });

  test("opens on the walk and has every pane behind a tab", async ({ page, axe }) => {
    test.slow();
    await page.goto("/");
    await expect(strip(page)).toContainText("16 flows");
    await expect(walk(page)).toContainText("backend may not receive it");
    await bothThemes(page, axe);
    const tabs = page.getByRole("navigation", { name: "Panes" });
    for (const [tab, shows] of [
      ["Flows", "decided"],
      ["Board", "security-pass"],
      ["Text", "apiVersion"],
      ["More", "Examples"],
    ]) {
      await tabs.getByRole("button", { name: tab as string }).click();
      const pane = page.locator(".pane:visible");
      if (shows !== "decided") await expect(pane).toContainText(shows as string);
      await expect(tabs.getByRole("button", { name: tab as string })).toHaveAttribute("aria-current", "page");
      await bothThemes(page, axe);
    }
  });

  test("nothing is wider than the screen", async ({ page }) => {
    await page.goto("/");
    await expect(strip(page)).toContainText("16 flows");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(400);
  });

  test("a flow chosen in the list is explained in the walk", async ({ page }) => {
    await page.goto("/");
    const tabs = page.getByRole("navigation", { name: "Panes" });
    await tabs.getByRole("button", { name: "Flows" }).click();
    await flow(page, "198.51.100.7").click();
    await tabs.getByRole("button", { name: "Walk" }).click();
    await expect(walk(page)).toContainText("block-embargo");
  });
});

test.describe("two columns", () => {
  for (const width of [768, 1024]) {
    test(`${width} px: the drawer opens on request and every part is there`, async ({ page, axe }) => {
      await page.setViewportSize({ width, height: 768 });
      await open(page);
      await expect(page.getByRole("grid", { name: "Flows" })).toHaveCount(0);
      await page.getByRole("tab", { name: /^Flows/ }).click();
      await expect(flow(page, "frontend→backend")).toBeVisible();
      await bothThemes(page, axe);
    });
  }
});

test("at 200 % zoom the page reflows and stays whole", async ({ page, axe }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await page.goto("/");
  await expect(strip(page)).toContainText("16 flows");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
  await axe();
});
