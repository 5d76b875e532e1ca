import { expect, test } from "./fixtures";
import { bothThemes, flow, expectLine, open, selectWord, strip } from "./workbench";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a link brings files, open file and chosen flow to another browser", async ({ page, browser, axe }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await flow(page, "gateway").click();
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.locator(".bar .saved")).toContainText("Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(4000);

  const context = await browser.newContext();
  const other = await context.newPage();
  await open(other, link);
  await expectLine(other, 18, '"frontend"');
  await expect(flow(other, "gateway")).toHaveAttribute("aria-selected", "true");
  await expect(flow(other, "frontend→backend")).toContainText("Allow");
  expect(new URL(other.url()).hash).toBe("");
  await context.close();
  await bothThemes(page, axe);
});

test("a link never takes the place of work that is not shared", async ({ page, axe }) => {
  await open(page);
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("mine");
  await expect(strip(page)).toContainText("flipped");

  await open(page, link);
  await expect(page.getByRole("button", { name: "Back to my workspace" })).toBeVisible();
  await page.reload();
  await expectLine(page, 18, "microservice2");
  await axe();
  await page.getByRole("button", { name: "Back to my workspace" }).click();
  await expectLine(page, 18, "mine");
});

test("a damaged link says what is wrong and keeps what was there", async ({ page, axe }) => {
  await open(page);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("mine");
  await expect(strip(page)).toContainText("flipped");
  for (const [hash, why] of [
    ["#1.AAAA", "cut off or was altered"],
    ["#9.AAAA", "reload the page"],
    ["#nonsense", "holds no workspace"],
  ]) {
    await page.goto("about:blank");
    await open(page, `/${hash}`);
    await expect(strip(page)).toContainText(why as string);
    await expectLine(page, 18, "mine");
  }
  await axe();
  await strip(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(strip(page)).toContainText("flipped");
});
