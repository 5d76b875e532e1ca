// From a key in the editor to its letter, and to its verdict, on the page, in milliseconds: everything that a user waits for.
import { Buffer } from "node:buffer";

/** Letters typed and taken back. */
const KEYS = 40;

/** Milliseconds from a verdict to the next letter: somebody types fast. */
const PACE = 60;

/**
 * A letter in a selector of the storefront's backend flips a flow; taken back, it flips it again. Other files stand beside it.
 * The page is not polled meanwhile: that would keep it drawing, and a key would wait for the frame after.
 */
export async function typing(browser, files) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(process.env.TIERWALK_URL);
  await page.locator(".strip").getByText("16 flows").waitFor();
  await checked(page, 1);
  if (files.length > 0) await bring(page, files);
  await cursorBehind(page, 18, "microservice2");
  await page.evaluate(watch);
  const taken = [];
  for (let index = 0; index < KEYS; index++) {
    await page.evaluate(() => void (globalThis.taken = new Promise((done) => (globalThis.take = done))));
    await page.keyboard.press(index % 2 === 0 ? "x" : "Backspace");
    taken.push(await page.evaluate(() => globalThis.taken));
    await page.waitForTimeout(PACE);
  }
  await page.close();
  const sorted = (of) => taken.map(of).sort((a, b) => a - b);
  const percentiles = (times) => [0.5, 0.95].map((part) => times[Math.ceil(part * KEYS) - 1]);
  return { letter: percentiles(sorted(({ letter }) => letter)), verdict: percentiles(sorted(({ verdict }) => verdict)) };
}

async function bring(page, files) {
  await page.getByRole("button", { name: "Import" }).click();
  const named = files.map(({ path, text }) => ({ name: path.replaceAll("/", "-"), mimeType: "text/yaml", buffer: Buffer.from(text) }));
  await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles(named);
  await page.locator(".strip").getByText("16 flows", { exact: true }).waitFor({ state: "detached" });
  await checked(page, 2);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("policies/backend.yaml");
  await page.keyboard.press("Enter");
}

/** The checks have said something of so many policies: they run for seconds the first time, which is no time to measure in. */
async function checked(page, policies) {
  const refused = page.locator(".board .tag.bad");
  await refused.nth(policies - 1).waitFor({ state: "attached", timeout: 120_000 });
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

/**
 * Runs in the page: notes how long after a key the frame with its letter is painted, and the one in which the strip tells the flip or
 * does not tell it any more. The strip says other things too, which are no verdict.
 */
function watch() {
  const strip = document.querySelector(".strip");
  const tells = () => /\d flows? flipped/.test(strip.textContent);
  const painted = (done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  let told = tells();
  let pressed = 0;
  let letter = 0;
  const key = () => {
    pressed = performance.now();
    painted((now) => (letter = now - pressed));
  };
  addEventListener("keydown", key, true);
  new MutationObserver(() => {
    if (tells() === told) return;
    told = tells();
    painted((now) => globalThis.take({ letter, verdict: now - pressed }));
  }).observe(strip, { subtree: true, childList: true, characterData: true });
}
