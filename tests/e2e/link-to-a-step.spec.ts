import { expect, test } from "./fixtures";
import { flow, open, strip, text, walk } from "./workbench";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a link to a step opens flow, end and step, and is short", async ({ page, browser }) => {
  await open(page);
  await flow(page, "frontend→microservice2").click();
  await expect(walk(page)).toContainText("microservice2 may receive it");
  await walk(page).getByRole("button", { name: /^Egress at/ }).click();
  await walk(page).getByRole("button", { name: /platform-pass/ }).click();
  await walk(page).getByRole("button", { name: "Link to step" }).click();
  await expect(page.locator(".bar .saved")).toContainText("Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(2000);

  const context = await browser.newContext();
  const other = await context.newPage();
  await open(other, link);
  await expect(flow(other, "frontend→microservice2")).toHaveAttribute("aria-selected", "true");
  await expect(walk(other).getByRole("button", { name: /^Egress at/ })).toHaveAttribute("aria-expanded", "true");
  await expect(walk(other).locator(".step[aria-current=step]")).toContainText("platform-pass");
  await context.close();
});

test("a link of the first version still opens", async ({ page }) => {
  await open(page, "/#1.eNrjScvJLy_WT9SrTMzNUQBzrLh0FRL1kxR07RSS9VMUSpIL9C0MFFJS8yq5AFbVDfA&open=flows/a.yaml");
  await expect(text(page)).toContainText("a/b -> c/d tcp/80 deny");
});

test("what is too large for a link is offered as a file", async ({ page, axe }) => {
  await open(page);
  const noise = Array.from({ length: 2500 }, (_, at) => (Math.imul(at + 7, 2654435761) >>> 0).toString(36)).join(" ");
  await text(page).evaluate((element, comment) => {
    const data = new DataTransfer();
    data.setData("text/plain", `# ${comment}\n`);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, noise);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(strip(page)).toContainText(/The link would have .* KB; many programs cut links off at 8.0 KB/);
  await axe();
  const download = page.waitForEvent("download");
  await strip(page).getByRole("button", { name: "Download zip" }).click();
  expect((await download).suggestedFilename()).toBe("storefront.zip");
});
