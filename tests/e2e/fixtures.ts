// What every test of the page stands on: nothing is reported to the console, nothing leaves this machine.
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";

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
      const builder = new AxeBuilder({ page });
      const found = await (scope ? builder.include(scope) : builder).analyze();
      const short = found.violations.map((violation) => ({
        rule: violation.id,
        help: violation.help,
        nodes: violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
      }));
      expect(short).toEqual([]);
    });
  },
});

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
