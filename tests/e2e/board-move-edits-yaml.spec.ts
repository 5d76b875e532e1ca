// Moving a policy on the board edits its order or tier in the text, and nothing else.
import { expect, test } from "./fixtures";
import { lines, open } from "./workbench";

test("a policy moves by key, menu and mouse; comments stay and undo takes it back", async ({ page, axe }) => {
  await open(page);
  const board = page.locator("#board");
  const names = (tier: string) => board.locator(`[data-tier="${tier}"] .card .nm b`).allTextContents();
  const card = (name: string) => board.locator(".card", { has: page.locator(`b[title="${name}"]`) });
  const said = page.locator("[role=status]");

  // Alt and an arrow
  await card("frontend-legacy").click();
  await card("frontend-legacy").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(said).toContainText("frontend-legacy is now after microservice1 in tier default, order 520");
  await expect(card("frontend-legacy")).toBeFocused();
  await expect.poll(() => names("default")).toEqual(["microservice2", "frontend", "microservice1", "frontend-legacy", "backend", "dev-isolation"]);
  const text = (await lines(page)).join("\n");
  expect(text).toContain("order: 520");
  expect(text).toContain("# left from before the move to tiers");
  await page.keyboard.press("Control+z");
  await expect.poll(() => names("default")).toEqual(["microservice2", "frontend", "microservice1", "backend", "frontend-legacy", "dev-isolation"]);

  // the menu, by keyboard
  await card("logging").click();
  await card("logging").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Move or edit logging" })).toBeFocused();
  await page.keyboard.press("Enter");
  await axe("#board");
  await page.getByRole("button", { name: "Move to tier security" }).click();
  await expect.poll(() => names("security")).toContain("logging");
  await expect(card("logging")).toBeFocused();
  expect(await lines(page)).toContain("  tier: security");
  await page.keyboard.press("Control+z");
  await expect.poll(() => names("platform")).toContain("logging");

  // dragged to another place
  const from = (await card("backend").boundingBox())!;
  const to = (await card("quarantine").boundingBox())!;
  await page.mouse.move(from.x + 60, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + to.height - 8, { steps: 6 });
  await expect(board.locator('[data-tier="security"] .drop')).toHaveCount(1);
  await page.mouse.up();
  await expect.poll(() => names("security")).toEqual(["quarantine", "backend", "block-embargo", "security-pass"]);
  await expect(said).toContainText("order 15");

  // the text of what was dragged is open, also where its tier was folded; the flips are counted beside what is said
  await board.getByRole("button", { name: "platform", exact: true }).click();
  const spine = (await board.locator('[data-tier="platform"]').boundingBox())!;
  const dragged = (await card("frontend").boundingBox())!;
  await page.mouse.move(dragged.x + 60, dragged.y + 20);
  await page.mouse.down();
  await page.mouse.move(spine.x + spine.width / 2, spine.y + 120, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => names("platform")).toContain("frontend");
  await expect(page.locator(".edhead")).toContainText("frontend.yaml");
  await expect(page.getByRole("region", { name: "All flows" })).toContainText(/frontend is now first in tier platform.*flipped/);
  await page.keyboard.press("Control+z");
  await expect.poll(() => names("default")).toContain("frontend");

  // what cannot be moved says why
  await card("dev-isolation").focus();
  await card("dev-isolation").click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(said).toContainText("Kubernetes network policies have no tier");
});
