// From a key in the editor to its verdict on the page, in milliseconds: everything that a user waits for.
import { Buffer } from "node:buffer";

/** Letters typed and taken back. */
const KEYS = 40;

/** A letter in a selector of the storefront's backend flips a flow; taken back, it flips it again. Other files stand beside it. */
export async function typing(browser, files) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(process.env.TIERWALK_URL);
  await page.locator(".strip").getByText("16 flows").waitFor();
  if (files.length > 0) await bring(page, files);
  await cursorBehind(page, 18, "microservice2");
  await page.evaluate(watch);
  const times = [];
  for (let index = 0; index < KEYS; index++) {
    await page.keyboard.press(index % 2 === 0 ? "x" : "Backspace");
    const taken = await page.waitForFunction(() => globalThis.taken.shift(), undefined, { polling: "raf" });
    times.push(await taken.jsonValue());
  }
  await page.close();
  times.sort((a, b) => a - b);
  return [0.5, 0.95].map((part) => times[Math.ceil(part * KEYS) - 1]);
}

async function bring(page, files) {
  await page.getByRole("button", { name: "Import" }).click();
  const named = files.map(({ path, text }) => ({ name: path.replaceAll("/", "-"), mimeType: "text/yaml", buffer: Buffer.from(text) }));
  await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles(named);
  await page.locator(".strip").getByText("16 flows").waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("policies/backend.yaml");
  await page.keyboard.press("Enter");
}

async function cursorBehind(page, line, word) {
  const place = await page
    .locator(".cm-line")
    .nth(line - 1)
    .getByText(word)
    .first()
    .boundingBox();
  await page.mouse.dblclick(place.x + place.width - 24, place.y + place.height / 2);
  await page.keyboard.press("ArrowRight");
}

/** Runs in the page: notes how long after a key the strip says something else. */
function watch() {
  const strip = document.querySelector(".strip");
  let said = strip.textContent;
  let pressed = 0;
  globalThis.taken = [];
  addEventListener("keydown", () => (pressed = performance.now()), true);
  new MutationObserver(() => {
    if (strip.textContent === said) return;
    said = strip.textContent;
    requestAnimationFrame(() => globalThis.taken.push(performance.now() - pressed));
  }).observe(strip, { subtree: true, childList: true, characterData: true });
}
