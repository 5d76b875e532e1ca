import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";
import { board, bothThemes, flow, expectLine, selectWord, strip, text, walk } from "./workbench";

/** Says it listens, and never answers. */
const HANGS = (protocol: number) => `postMessage({ type: "ready", protocol: ${protocol} }); onmessage = () => { for (;;); };`;

/** Says it listens, and dies of the first request. */
const DIES = (protocol: number) => `postMessage({ type: "ready", protocol: ${protocol} }); onmessage = () => { throw new Error("dead"); };`;

/** What the page was built with. */
const MESSAGE_RS = readFileSync(new URL("../../crates/protocol/src/message.rs", import.meta.url), "utf8");
const PROTOCOL = Number(/PROTOCOL_VERSION: u32 = (\d+)/.exec(MESSAGE_RS)?.[1]);

test.describe("a worker that is lost", () => {
  test.use({ expectedReports: /dead|Failed to load resource|net::ERR|preload assets/ });

  test("a hung engine is stopped after two seconds and started again with the same files", async ({ page, axe }) => {
    let started = 0;
    await page.route("**/worker-*.js", (route) => {
      started += 1;
      return started === 1 ? route.fulfill({ contentType: "text/javascript", body: HANGS(PROTOCOL) }) : route.continue();
    });
    await page.goto("/");
    await expect(strip(page)).toContainText(/Evaluation was stopped after 2 s|16 flows/);
    await expect(flow(page, "frontend→backend")).toContainText("Deny");
    await expect(strip(page)).toContainText("16 flows");
    expect(started).toBe(2);
    await axe();
  });

  test("an engine that keeps dying leaves the text editable, and the next edit tries again", async ({ page, axe }) => {
    let broken = true;
    await page.route("**/worker-*.js", (route) =>
      broken ? route.fulfill({ contentType: "text/javascript", body: DIES(PROTOCOL) }) : route.continue(),
    );
    await page.goto("/");
    await expect(strip(page)).toContainText("The engine is not there. Your text is safe");
    await expect(text(page)).toBeVisible();
    await bothThemes(page, axe);
    broken = false;
    await selectWord(page, 18, "microservice2");
    await page.keyboard.type("frontend");
    await expect(flow(page, "frontend→backend")).toContainText("Allow");
    await expectLine(page, 18, '"frontend"');
  });

  test("a page whose engine cannot be fetched says so in each pane, and starts it again when told", async ({ page, axe }) => {
    let gone = true;
    await page.route("**/worker-*", (route) => (gone ? route.abort() : route.continue()));
    await page.goto("/");
    await expect(strip(page)).toContainText("The engine is not there.");
    await expect(text(page)).toContainText("apiVersion");
    await expect(board(page)).toContainText("The engine did not start");
    await expect(page.locator("#flows")).toContainText("The engine did not start");
    await expect(page.locator("#flows")).not.toContainText("No flows yet");
    await expect(walk(page)).toContainText("The engine did not start");
    await axe();
    gone = false;
    await board(page).getByRole("button", { name: "Start it again" }).click();
    await expect(strip(page)).toContainText("16 flows");
    await expect(board(page).locator(".card")).toHaveCount(13);
  });

  test("a page whose editor cannot be fetched has a plain one", async ({ page, axe }) => {
    await page.route("**/editor-*", (route) => route.abort());
    await page.goto("/");
    await expect(strip(page)).toContainText("16 flows");
    const plain = page.getByRole("textbox", { name: "Text of policies/backend.yaml" });
    await plain.fill((await plain.inputValue()).replace('"microservice2"', '"frontend"'));
    await expect(strip(page)).toContainText("2 flows flipped");
    await axe();
  });
});

test("an engine of another version asks for a reload", async ({ page }) => {
  await page.route("**/worker-*.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: 'postMessage({ type: "ready", protocol: 999 });' }),
  );
  await page.goto("/");
  await expect(strip(page)).toContainText("Reload the page");
});

