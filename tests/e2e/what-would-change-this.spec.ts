import { expect, test } from "./fixtures";
import { bothThemes, expectLine, file, flow, open, openExample, strip, text, walk } from "./workbench";

const changes = (page: Parameters<typeof walk>[0]) => walk(page).getByRole("region", { name: "What would change this" });

test("a suggestion is previewed, applied with one click, flips what it names, and is undone", async ({ page, axe }) => {
  await open(page);
  const first = changes(page).getByRole("listitem").first();
  await expect(first).toContainText('Add "frontend" to ingress[0]');
  await expect(first).toContainText("backend.yaml:18. Flips this flow only");
  await expect(first).toContainText("Breaks 1 expectation");

  await first.getByRole("button", { name: "Preview" }).click();
  const diff = first.getByRole("group", { name: "Changes at backend.yaml:18" });
  await expect(diff).toContainText('removed: selector: app in {"microservice1", "microservice2"}');
  await expect(diff).toContainText('added: selector: app in {"microservice1", "microservice2", "frontend"}');
  await expectLine(page, 18, '"microservice2"}');
  await bothThemes(page, axe);

  await first.getByRole("button", { name: "Apply" }).click();
  await expectLine(page, 18, '"microservice2", "frontend"}');
  await expect(strip(page)).toContainText("1 flow flipped");
  await expect(flow(page, "frontend→backend")).toContainText("Allow was Deny");
  await expect(walk(page)).toContainText("frontend may send this and backend may receive it.");
  await expect(first).toContainText('Remove "frontend" from ingress[0]');

  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expectLine(page, 18, '"microservice2"}');
  await expect(flow(page, "frontend→backend")).toContainText("Deny");
});

test("a suggestion that flips more names the flows before it is applied", async ({ page }) => {
  await open(page);
  await changes(page).getByRole("button", { name: /more/ }).click();
  const relabel = changes(page).getByRole("listitem").filter({ hasText: "Relabel the pod app: microservice1" });
  await expect(relabel).toContainText("Flips 2, one of them to Deny");
  await relabel.getByRole("button", { name: "Preview" }).click();
  await expect(relabel).toContainText("storefront/frontend -> storefront/microservice2 tcp/8080 Deny");
  await expect(page.locator(".edhead")).toContainText("pods.yaml");
});

test("a suggestion that would break a check says which before it is applied", async ({ page }) => {
  await open(page);
  await file(page, "order").click();
  await expectLine(page, 1, "package main");
  await text(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText('\ndeny_frontend contains "not from there" if {\n  some rule in input.spec.ingress\n  contains(rule.source.selector, "\\"frontend\\"")\n}\n');
  await expect(page.getByRole("grid", { name: "Checks" }).getByRole("row").filter({ hasText: "frontend" })).toContainText("Fail");
  await page.getByRole("tab", { name: "Board" }).click();
  const first = changes(page).getByRole("listitem").first();
  await expect(first).toContainText('Add "frontend" to ingress[0]');
  await expect(first).toContainText("Breaks check frontend");
  await expect(changes(page).getByRole("listitem").nth(1)).toContainText("Breaks 1 expectation");
});

test("of a policy that a template makes, the edit goes into the template", async ({ page }) => {
  await open(page);
  await openExample(page, /^Templates/);
  await flow(page, "frontend→payments").click();
  await page.getByRole("tab", { name: "Walk" }).click();
  const first = changes(page).getByRole("listitem").first();
  await expect(first).toContainText('Add "frontend" to values.clients of the template');
  await first.getByRole("button", { name: "Preview" }).click();
  await expect(first.getByRole("group", { name: "Changes at payments.yaml:10" })).toContainText("added: - app: frontend");
  await first.getByRole("button", { name: "Apply" }).click();
  await expectLine(page, 10, "- app: frontend");
  await expect(flow(page, "frontend→payments")).toContainText("Allow was Deny");
});
