import { expect, test } from "./fixtures";

test("the page starts, the engine answers, and nothing is complained about", async ({ page, axe }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe();
});

test("the page carries a policy that allows no inline code and no other host", async ({ page }) => {
  const response = await page.goto("/");
  const sent = response?.headers()["content-security-policy"] ?? "";
  const written = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  expect(sent).toBe(written);
  expect(sent).toContain("default-src 'none'");
  expect(sent).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
});
