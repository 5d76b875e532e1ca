import { expect, test } from "./fixtures";
import { bothThemes, file, flow, expectLine, open, selectWord, strip } from "./workbench";

test("text, place and flips are there after a reload", async ({ page, axe }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  await flow(page, "gateway").click();
  await page.reload();
  await expect(strip(page)).toContainText("2 flows flipped");
  await expectLine(page, 18, '"frontend"');
  await expect(flow(page, "gateway")).toHaveAttribute("aria-selected", "true");
  await bothThemes(page, axe);
});

test("a crash right after a key press costs nothing", async ({ page, context }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("x");
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await open(next);
  await expectLine(next, 18, '"x"');
});

test("full storage is said, and nothing that was typed is lost", async ({ page, axe }) => {
  await open(page);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("Not saved: this browser’s storage is full. Keep the tab open, or download the files.");
  await expectLine(page, 18, '"frontend"');
  await axe();
  const download = page.waitForEvent("download");
  await strip(page).getByRole("button", { name: "Download zip" }).click();
  expect((await download).suggestedFilename()).toBe("storefront.zip");
});

test("a browser without storage still works, and says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto("/");
  await expect(strip(page)).toContainText("Not saved: this browser keeps nothing.");
  await expect(flow(page, "frontend→backend")).toContainText("Deny");
});

test("files that were added, renamed and deleted stay so, and can be undone", async ({ page, axe }) => {
  await open(page);
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("button", { name: "New file" }).click();
  await axe();
  await page.keyboard.type("policies/extra.yaml");
  await page.keyboard.press("Enter");
  await expect(file(page, "extra")).toHaveAttribute("aria-current", "page");
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.keyboard.type("policies/other.yaml");
  await page.keyboard.press("Enter");
  await page.reload();
  await expect(file(page, "other")).toBeVisible();
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(file(page, "other")).toHaveCount(0);
  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(file(page, "other")).toBeVisible();
});
