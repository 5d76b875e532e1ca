import { expect, test } from "./fixtures";
import { bothThemes, file, flow, lines, open, openExample, selectWord, text } from "./workbench";

import type { Page } from "@playwright/test";

const compiled = (page: Page) => page.getByRole("region", { name: "Compiled", exact: true });
const form = (page: Page) => page.getByRole("complementary", { name: "Form" });

async function openTemplates(page: Page): Promise<void> {
  await open(page);
  await openExample(page, /^Templates/);
  await expect(compiled(page)).toContainText("NetworkPolicy");
}

test("a changed line of a template changes its policy and flips the flow", async ({ page }) => {
  await openTemplates(page);
  await expect(compiled(page).getByRole("listitem").filter({ hasText: "source:" })).toContainText("line 13");
  await expect(flow(page, "frontend→backend").first()).toContainText("Allow");

  await selectWord(page, 13, "frontend");
  await page.keyboard.type("logging");
  await expect(compiled(page).getByRole("listitem").filter({ hasText: 'selector: app == "logging"' }).first()).toBeVisible();
  await expect(flow(page, "frontend→backend").first()).toContainText("Deny was Allow");
});

test("compiled view and form can be read by everybody", async ({ page, axe }) => {
  await openTemplates(page);
  await bothThemes(page, axe);
});

test("a line on either side shows its counterpart", async ({ page }) => {
  await openTemplates(page);
  const made = compiled(page).getByRole("listitem").filter({ hasText: "order: 510" });
  await page.locator(".cm-line").nth(2).click();
  await expect(made).toHaveClass(/mapl/);
  await expect(compiled(page)).toContainText("Line 3 of the template made 1 line.");
  await compiled(page).getByRole("listitem").filter({ hasText: "name: backend" }).hover();
  await expect(page.locator(".cm-line.tw-mapped")).toHaveText("PolicyName: backend");
  // two curves, above and below, lead over from the one to the other
  await expect(page.locator(".bridge path")).toHaveAttribute("d", /^(M0 [\d.]+C[^M]+M0 [\d.]+C[^M]+)+$/);
});

test("the form writes into the same file and comments stay", async ({ page }) => {
  await openTemplates(page);
  await form(page).getByLabel("Order").fill("600");
  await expect.poll(async () => (await lines(page))[2]).toBe("PolicyOrder: 600");
  await form(page).getByLabel("from", { exact: true }).fill('app == "logging"');
  await expect.poll(async () => (await lines(page))[12]).toBe('  IngressSourceSelector: app == "logging" # the shop\'s pages');
  await expect(flow(page, "frontend→backend").first()).toContainText("Deny was Allow");
  await form(page).getByRole("checkbox", { name: "Egress" }).uncheck();
  await expect.poll(async () => (await lines(page))[6]).toBe("Direction: [Ingress]");
  await expect(compiled(page)).not.toContainText("egress:");
  await form(page).getByRole("button", { name: "Add Ingress", exact: true }).click();
  await expect.poll(async () => (await lines(page)).join("\n")).toContain("- allow tcp from label app=frontend to ports 8080");
});

test("a form of an organisation's template fills in what is missing", async ({ page, axe }) => {
  await openTemplates(page);
  await file(page, "payments").click();
  await expect(compiled(page)).toContainText("storefront/payments");
  await expect(text(page)).toContainText("template: web-service");
  await form(page).getByLabel("Reached from outside through").fill("ingress-nginx");
  await expect.poll(async () => (await lines(page)).join("\n")).toContain("ports: [8443]\n  ingress_namespace: ingress-nginx\n");
  await form(page).getByLabel("Order").fill("50");
  await expect(page.getByRole("tab", { name: /Problems/ })).not.toContainText("Problems0");
  await axe();
});

test("fields of a template are explained beside the form and in the text", async ({ page, axe }) => {
  await openTemplates(page);
  await form(page).getByText("Template reference").click();
  await expect(form(page).locator(".reference")).toContainText("AppliesToSelector");
  await expect(form(page).locator(".reference")).toContainText("IngressAction");
  await axe("#walk");
  await text(page).getByText("AppliesToSelector", { exact: true }).hover();
  await expect(page.locator(".tw-told")).toContainText("The pods that the policy applies to");
  await expect(page.locator(".tw-told")).toContainText("template policy-generator");
});

test("the gallery adds a filled example that compiles", async ({ page, axe }) => {
  await openTemplates(page);
  await page.locator("#text").getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("button", { name: "New from template" }).click();
  await axe("#text");
  await page.getByRole("button", { name: /^namespace-isolation/ }).click();
  await expect(page.getByRole("navigation", { name: "Files" }).locator("[aria-current]")).toContainText("namespace-isolation");
  await expect(compiled(page)).toContainText("NetworkPolicy");
  expect((await lines(page))[0]).toMatch(/^# /);
});

test("arrows go from tab to tab, and through what was compiled", async ({ page }) => {
  await openTemplates(page);
  await compiled(page).getByRole("tab", { name: "Compiled" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "Matrix" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.mouse.move(5, 5);
  await compiled(page).getByRole("group", { name: "Compiled objects" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".cm-line.tw-mapped")).toHaveText("ObjectType: NetworkPolicy");
  await form(page).getByRole("tab", { name: "Form" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Policy" })).toBeFocused();
});

test("on a narrow page compiled view and form are panes of their own", async ({ page, axe }) => {
  await openTemplates(page);
  await page.setViewportSize({ width: 400, height: 800 });
  const panes = page.getByRole("navigation", { name: "Panes" });
  await panes.getByRole("button", { name: /^Board/ }).click();
  await expect(compiled(page)).toBeVisible();
  await axe();
  await panes.getByRole("button", { name: /^Walk/ }).click();
  await expect(form(page).getByLabel("Order")).toBeVisible();
  await axe();
});

test("detached objects stand in place of their template", async ({ page }) => {
  await openTemplates(page);
  await page.getByRole("button", { name: "Detach into policies/" }).click();
  await expect(text(page)).toContainText("kind: NetworkPolicy");
  await expect(file(page, "backend")).toHaveCount(0);
  await expect(flow(page, "frontend→backend").first()).toContainText("Allow");
});

test("clusters are switched, and their objects take part", async ({ page }) => {
  await openTemplates(page);
  await page.locator(".cm-line").nth(6).click();
  await page.keyboard.press("End");
  await page.keyboard.type("\nClusters: env in {prod}");
  const clusters = "apiVersion: tierwalk.dev/v1\nkind: Clusters\nclusters:\n- name: prod\n  labels: {env: prod}\n- name: staging\n  labels: {env: staging}\n";
  await page.locator("h2").first().evaluate((element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true }));
  }, clusters);
  await file(page, "backend").click();
  await expect(flow(page, "frontend→backend").nth(1)).toContainText("Deny");
  await compiled(page).getByRole("button", { name: "staging" }).click();
  await expect(compiled(page)).toContainText("not in staging");
  await expect(flow(page, "frontend→backend").nth(1)).toContainText("Allow was Deny");
  await page.reload();
  await expect(compiled(page).getByRole("button", { name: "staging" })).toHaveAttribute("aria-pressed", "true");
  await expect(compiled(page)).toContainText("not in staging");
});
