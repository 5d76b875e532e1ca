// What every test of the page stands on: nothing is reported to the console, nothing leaves this machine.
import { expect, test as base, type Page } from "@playwright/test";
import axe from "axe-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

interface Fixtures {
  /** Reports that the test expects; anything else on the console fails it. */
  expectedReports: RegExp;
  /** Fails unless axe finds nothing on the page as it is now. */
  axe: (scope?: string) => Promise<void>;
}

export const test = base.extend<Fixtures & { quiet: void }>({
  expectedReports: [/(?!)/, { option: true }],

  quiet: [
    async ({ page, baseURL, expectedReports }, use) => {
      const reports = watch(page, new URL(baseURL ?? "").origin);
      await use();
      const unexpected = reports.filter((report) => !expectedReports.test(report));
      expect(unexpected, "reports on the console, and requests to elsewhere").toEqual([]);
    },
    { auto: true },
  ],

  axe: async ({ page }, use) => {
    await use(async (scope) => {
      const found = await violations(page, scope);
      const short = found.map((violation) => ({
        rule: violation.id,
        help: violation.help,
        nodes: violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
      }));
      expect(short).toEqual([]);
    });
  },
});

/** In the page itself: it has no frames, for which axe's own driver would open a second page each time. */
async function violations(page: Page, scope: string | undefined): Promise<axe.Result[]> {
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate((only) => window.axe.run(only ?? document, { resultTypes: ["violations"] }), scope);
  return found.violations;
}

function watch(page: Page, origin: string): string[] {
  const reports: string[] = [];
  page.on("console", (message) => {
    const blocked = message.text().startsWith("Service Worker registration blocked");
    if (["error", "warning"].includes(message.type()) && !blocked) reports.push(message.text());
  });
  page.on("pageerror", (error) => reports.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const local = url.origin === origin || url.protocol === "blob:" || url.protocol === "data:";
    if (!local) reports.push(`request to ${request.url()}`);
  });
  return reports;
}

export { expect };
