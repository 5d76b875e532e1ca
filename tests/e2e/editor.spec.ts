// The editor by itself, in a host element of the test's own: what the page builds on.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";

const POLICY = `kind: NetworkPolicy
spec:
  selector: app == "loging" # logs
  ingress:
  - action: Allow
  - action: Deny
`;

const PROBLEM = {
  code: "selector/matches-nothing",
  severity: "warning",
  message: "selector matches nothing: no pod has `app` = `loging`",
  help: "`logging` is the nearest value in use.",
  place: { file: "a.yaml", line: 3, from: 45, to: 53 },
  fixes: [
    {
      title: 'Replace with "logging"',
      safe: true,
      edits: [{ place: { file: "a.yaml", line: 3, from: 45, to: 53 }, text: '"logging"' }],
    },
  ],
};

declare global {
  interface Window {
    editor: any;
    heard: any[];
  }
}

/** A page of the same site, under the same policy, with nothing else in it. */
const HOST = `<!doctype html><html lang="en"><title>Editor</title><main></main></html>`;

test.beforeEach(async ({ page, request }) => {
  const index = await request.get("/");
  const script = /name="tierwalk-editor" content="([^"]+)"/.exec(await index.text())?.[1] ?? "";
  const headers = { "content-security-policy": index.headers()["content-security-policy"] ?? "" };
  await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", headers, body: HOST }));
  await page.goto("/host.html");
  await page.evaluate(
    async ([address, text]) => {
      await import(new URL(address, location.href).href);
      const host = document.querySelector("main") as HTMLElement;
      host.style.cssText = "position: fixed; inset: 0; background: white";
      window.heard = [];
      window.editor = (globalThis as any).tierwalkEditor.create(host, {
        changed: (path: string, now: string, changes: unknown) => window.heard.push({ path, text: now, changes }),
        line: (path: string, line: number) => window.heard.push({ path, line }),
        fix: (fix: { title: string }) => window.heard.push({ fix: fix.title }),
      });
      window.editor.setDocument("a.yaml", text);
    },
    [script, POLICY] as const,
  );
});

const content = (page: Page) => page.getByRole("textbox", { name: /^Text of/ });
const heard = (page: Page) => page.evaluate(() => window.heard);
const text = (page: Page) =>
  content(page).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));

test("typing is told with the whole text and what was replaced, and can be undone", async ({ page }) => {
  await content(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# ");
  await expect.poll(() => text(page)).toContain("# kind");
  const [first, second] = await heard(page);
  expect(first).toEqual({ path: "a.yaml", text: `#${POLICY}`, changes: [{ from: 0, to: 0, insert: "#" }] });
  expect(second.text).toBe(`# ${POLICY}`);
  await page.keyboard.press("Control+z");
  await expect.poll(() => text(page)).toBe(POLICY);
});

test("each file keeps its own undo history and cursor", async ({ page }) => {
  await content(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("x");
  await page.evaluate(() => window.editor.setDocument("b.yaml", "kind: Pod\n"));
  await expect(page.getByRole("textbox", { name: "Text of b.yaml" })).toBeVisible();
  await page.keyboard.press("Control+z");
  expect(await text(page)).toBe("kind: Pod\n");
  await page.evaluate((before) => window.editor.setDocument("a.yaml", `x${before}`), POLICY);
  await page.keyboard.press("Control+z");
  await expect.poll(() => text(page)).toBe(POLICY);
});

test("a text that the page replaces is not told back, and is one step to undo", async ({ page }) => {
  await page.evaluate(() => window.editor.setText("kind: Tier\n"));
  expect(await text(page)).toBe("kind: Tier\n");
  expect(await heard(page)).toEqual([]);
  await content(page).focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => text(page)).toBe(POLICY);
});

test("a page that is slow to show what was typed takes nothing back", async ({ page }) => {
  await page.evaluate(() => window.editor.setText(""));
  await content(page).focus();
  await page.keyboard.type("mine");
  await expect.poll(() => page.evaluate(() => window.heard.at(-1)?.text)).toBe("mine");
  await page.evaluate(() => ["m", "mi", "mine"].forEach((late) => window.editor.setDocument("a.yaml", late)));
  expect(await text(page)).toBe("mine");
  await page.evaluate(() => window.editor.setDocument("a.yaml", "mi"));
  expect(await text(page)).toBe("mi");
});

test("only actions are coloured", async ({ page }) => {
  const colour = (word: string) =>
    content(page).getByText(word, { exact: true }).first().evaluate((element) => getComputedStyle(element).fontWeight);
  expect(await colour("Allow")).toBe("700");
  expect(await colour("Deny")).toBe("700");
  expect(await colour("NetworkPolicy")).toBe("400");
});

test("a problem is explained on hover, and its fix is one step to undo", async ({ page, axe }) => {
  await page.evaluate((problem) => window.editor.setDiagnostics([problem]), PROBLEM);
  await page.locator(".tw-sq-warning").hover();
  const pop = page.locator(".tw-pop");
  await expect(pop).toContainText("no pod has app = loging");
  await expect(pop).toContainText("logging is the nearest value in use");
  await expect(pop).toContainText("selector/matches-nothing");
  await axe();
  await pop.getByRole("button", { name: 'Replace with "logging"' }).click();
  expect(await text(page)).toContain('app == "logging"');
  await page.keyboard.press("Control+z");
  await expect.poll(() => text(page)).toBe(POLICY);
});

test("F8 goes to the problem and explains it, and the shortcut mends it", async ({ page }) => {
  await page.evaluate((problem) => window.editor.setDiagnostics([problem]), PROBLEM);
  await content(page).focus();
  await page.keyboard.press("F8");
  await expect(page.locator(".tw-pop")).toContainText("no pod has");
  await page.keyboard.press("Escape");
  await expect(page.locator(".tw-pop")).toHaveCount(0);
  await page.keyboard.press("Control+.");
  await expect.poll(() => text(page)).toContain('app == "logging"');
});

test("a fix lands where the problem is now, after typing above it", async ({ page }) => {
  await page.evaluate((problem) => window.editor.setDiagnostics([problem]), PROBLEM);
  await content(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# new\n");
  await page.keyboard.press("F8");
  await page.keyboard.press("Control+.");
  await expect.poll(() => text(page)).toBe(`# new\n${POLICY.replace("loging", "logging")}`);
});

test("a fix that changes another file is left to the page", async ({ page }) => {
  const edits = [{ place: { ...PROBLEM.place, file: "b.yaml" }, text: "x" }];
  const problem = { ...PROBLEM, fixes: [{ title: "Rename", safe: false, edits }] };
  await page.evaluate((given) => window.editor.setDiagnostics([given]), problem);
  await content(page).focus();
  await page.keyboard.press("F8");
  await page.keyboard.press("Control+.");
  await expect.poll(() => heard(page)).toContainEqual({ fix: "Rename" });
  expect(await text(page)).toBe(POLICY);
});

test("marks and deciding lines belong to their file", async ({ page }) => {
  await page.evaluate(() => {
    window.editor.setGutterMarks([{ file: "a.yaml", line: 3, held: true }, { file: "a.yaml", line: 5, held: false }]);
    window.editor.setDecidingLines({ file: "a.yaml", from: 5, to: 5, action: "Allow" });
    window.editor.setChangedLines([{ file: "a.yaml", line: 6, kind: "new" }]);
  });
  await expect(page.locator(".tw-marks .tw-icon-yes")).toHaveCount(2);
  await expect(page.locator(".tw-marks .tw-icon-no")).toHaveCount(1);
  await expect(page.locator(".cm-line.tw-decides.tw-allow")).toHaveText("  - action: Allow");
  await page.evaluate(() => window.editor.setDocument("b.yaml", "kind: Pod\n"));
  await expect(page.locator(".tw-decides")).toHaveCount(0);
});

test("going to a line is not told back, moving the cursor by hand is", async ({ page }) => {
  await page.evaluate(() => window.editor.revealLine(4));
  await content(page).focus();
  expect(await heard(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => heard(page)).toEqual([{ path: "a.yaml", line: 5 }]);
});

test("Tab indents, and Escape then Tab leaves", async ({ page }) => {
  await page.evaluate(() => document.body.appendChild(document.createElement("button")).append("after"));
  await content(page).focus();
  await page.keyboard.press("Tab");
  expect(await text(page)).toContain("  kind");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "after" })).toBeFocused();
});

test("what is indented folds by a click and by a key, and says how much it holds", async ({ page, axe }) => {
  // the first mark stands for none: it only makes room
  const mark = (number: number) => page.locator(".tw-fold").nth(number);
  const hidden = page.locator(".cm-foldPlaceholder");
  await page.locator(".cm-line").first().click();
  await mark(2).click();
  await expect(hidden).toHaveText("… 2 lines");
  await expect(page.locator(".cm-content")).not.toContainText("Deny");
  await axe();
  await hidden.click();
  await expect(page.locator(".cm-content")).toContainText("Deny");
  await page.locator(".cm-line", { hasText: "spec:" }).click();
  await page.keyboard.press("Control+Shift+BracketLeft");
  await expect(hidden).toHaveText("… 4 lines");
  // going to a line that is folded away shows it
  await page.evaluate(() => window.editor.revealLine(5));
  await expect(page.locator(".cm-content")).toContainText("Allow");
  await page.evaluate(() => window.editor.setDocument("a.rego", "deny contains message if {\n  true\n\n  message := 1\n}\n"));
  await page.locator(".cm-line").first().click();
  await page.keyboard.press("Control+Shift+BracketLeft");
  await expect(hidden).toHaveText("… 3 lines");
});

test("actions have their colour in the words of a template too", async ({ page }) => {
  await page.evaluate(() => window.editor.setDocument("t.yaml", "INGRESS:\n- IngressAction: Deny\nEGRESS:\n- allow tcp to port 80\n"));
  await expect(page.locator(".tw-action.tw-deny")).toHaveText("Deny");
  await expect(page.locator(".tw-action.tw-allow")).toHaveText("allow");
});
