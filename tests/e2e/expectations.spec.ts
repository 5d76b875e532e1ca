import { expect, test } from "./fixtures";
import { bothThemes, expectLine, file, flow, open, strip } from "./workbench";

test("an expectation is set, changed and cleared in the table, and the file says so", async ({ page, axe }) => {
  await open(page);
  await file(page, "storefront").click();
  await flow(page, "frontend→backend").click();
  const expected = flow(page, "frontend→backend").getByRole("combobox", { name: /^Expected/ });
  await expected.selectOption("allow");
  await expect(strip(page)).toContainText("2 of 15 expectations not met");
  await expectLine(page, 6, "storefront/backend tcp/8080 allow");
  await expect(flow(page, "frontend→backend")).toHaveAttribute("aria-selected", "true");
  await bothThemes(page, axe);
  await expected.selectOption("none set");
  await expect(strip(page)).toContainText("1 of 14 expectations not met");
  await page.locator("#flows").getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Expect what is now" }).click();
  await expect(strip(page)).toContainText("16 expectations met");
  await expectLine(page, 6, "storefront/backend tcp/8080 deny");
  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(strip(page)).toContainText("1 of 14 expectations not met");
});
