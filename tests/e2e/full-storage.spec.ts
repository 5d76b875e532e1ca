import { expect, test } from "./fixtures";
import { expectLine, open, selectWord, strip, text } from "./workbench";

/** Takes what is left of the storage, to the last characters. */
const fill = () => {
  for (let size = 1 << 22; size >= 1; size >>= 1) {
    for (let number = 0; ; number += 1) {
      try {
        localStorage.setItem(`filled.${size}.${number}`, "x".repeat(size));
      } catch {
        break;
      }
    }
  }
};

test("earlier saves give way to the text, and only then saving stops, and says so", async ({ page, axe }) => {
  await open(page);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("tierwalk.saves.1"))).toContain(" files");
  await page.evaluate(fill);
  await selectWord(page, 18, "microservice2");
  await page.keyboard.type("frontend");
  await expect(strip(page)).toContainText("2 flows flipped");
  expect(await page.evaluate(() => localStorage.getItem("tierwalk.workspace.1"))).toContain("frontend");
  expect(await page.evaluate(() => localStorage.getItem("tierwalk.save.1.1"))).toBeNull();

  await page.evaluate(fill);
  await page.keyboard.type("-and-much-more-than-there-is-room-for");
  await expect(strip(page)).toContainText("Not saved: this browser’s storage is full. Keep the tab open, or download the files.");
  await expectLine(page, 18, "frontend-and-much-more");
  await axe();
  const download = page.waitForEvent("download");
  await strip(page).getByRole("button", { name: "Download zip" }).click();
  expect((await download).suggestedFilename()).toBe("storefront.zip");

  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("filled.")).forEach((key) => localStorage.removeItem(key)));
  await text(page).focus();
  await page.keyboard.type("x");
  await expect(strip(page)).not.toContainText("Not saved");
  await page.reload();
  await expectLine(page, 18, "room-forx");
});
