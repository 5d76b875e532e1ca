import { expect, test } from "./fixtures";
import { file, flow, lines, open, strip } from "./workbench";

const TABLE = [
  "Source,Destination,Port,Protocol,Expected",
  "dev/toolbox,dev/web,22,TCP,Deny",
  "dev/web,203.0.113.9,53,UDP,allow",
  "dev/web,Nobody,1,TCP,",
].join("\n");

test("a table pasted into the line becomes flows, whatever cannot be read among them", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Add a flow" }).focus();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, TABLE);
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("19");
  await expect(flow(page, "toolbox→web").filter({ hasText: "tcp/22" })).toContainText("not met");
  await expect(flow(page, "203.0.113.9").filter({ hasText: "udp/53" })).toBeVisible();
  await expect(flow(page, "not read")).toHaveCount(1);
});

test("all pairs of a namespace are written to a file", async ({ page, axe }) => {
  await open(page);
  await page.locator("#flows").getByRole("button", { name: "More" }).click();
  await page.getByLabel("From").selectOption("dev");
  await page.getByLabel("To", { exact: true }).selectOption("storefront");
  await page.getByLabel("Port", { exact: true }).fill("http");
  await page.getByRole("button", { name: "Write all pairs" }).click();
  await expect(page.getByRole("alert")).toContainText("protocol http is unknown");
  await axe();
  await page.getByLabel("Port", { exact: true }).fill("tcp/8080");
  await page.getByRole("button", { name: "Write all pairs" }).click();
  await expect(strip(page)).toContainText("flows/dev-to-storefront-pairs.yaml");
  await file(page, "dev-to-storefront-pairs").click();
  await expect.poll(async () => (await lines(page)).length).toBeGreaterThan(6);
});
