// What an edit costs the checks, in milliseconds: the checker's own worker, asked as the page asks it, with the shipped checks.

/** Edits, each of one policy. */
const EDITS = 40;

/** A document that asks for all shipped checks. */
const PACK = { path: "checks.yaml", text: "apiVersion: tierwalk.dev/v1\nkind: Checks\n" };

/** The first check of a workspace, and the median of an edit and what 19 of 20 stay under. */
export async function checks(browser, shape) {
  const page = await browser.newPage();
  await page.goto(process.env.TIERWALK_URL);
  const files = [...shape.files, PACK];
  const taken = await page.evaluate(measure, { files, edited: shape.edited, edits: EDITS });
  await page.close();
  const { first, edits, findings } = taken;
  edits.sort((a, b) => a - b);
  return { first, edit: [0.5, 0.95].map((part) => edits[Math.ceil(part * EDITS) - 1]), findings };
}

/** Runs in the page. */
async function measure({ files, edited, edits }) {
  const worker = new Worker(document.querySelector("meta[name='tierwalk-checker']").content);
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.type === "failed" ? reject(new Error(data.message)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
    });
  const view = { coverage: false, object: null, now: Date.now() };
  const timed = async (changed) => {
    const started = performance.now();
    const answered = answer();
    worker.postMessage({ type: "check", changed, removed: [], view });
    const { parts } = await answered;
    const taken = performance.now() - started;
    return [taken, parts.findings.reduce((sum, { count, new: found }) => sum + count + found.length, 0)];
  };
  await answer();
  const [first, findings] = await timed(files);
  const original = files.find(({ path }) => path === edited.path);
  const taken = [];
  for (let index = 0; index < edits; index++) {
    // a policy that was seen before is kept: each edit is another one, of the first policy of the file
    const text = original.text.replace("order: ", `order: ${index + 1}`);
    taken.push((await timed([{ path: edited.path, text }]))[0]);
  }
  worker.terminate();
  return { first, edits: taken, findings };
}
