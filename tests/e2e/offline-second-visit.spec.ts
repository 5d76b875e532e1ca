import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";

import { expect, test as base } from "./fixtures";
import { expectLine, flow, open, openExample, strip } from "./workbench";

/** The served page behind a door that can be shut, and that can pass off a build as the next one. */
class Door {
  asked: string[] = [];
  build = "";
  torn = false;
  private server: Server;
  constructor(private readonly behind: string) {
    this.server = createServer(async (request, response) => {
      this.asked.push(request.url ?? "");
      const answer = await fetch(new URL(request.url ?? "", this.behind));
      let body = Buffer.from(await answer.arrayBuffer());
      if (request.url === "/service-worker.js" && this.build) {
        const script = body.toString().replace(/const BUILD = "\w+"/, `const BUILD = "${this.build}"`);
        body = Buffer.from(this.torn ? script.replace(/const INDEX = "\w+"/, 'const INDEX = "another"') : script);
      }
      const headers = ["content-type", "content-security-policy"].map((name) => [name, answer.headers.get(name) ?? ""]);
      response.writeHead(answer.status, Object.fromEntries(headers)).end(body);
    });
  }
  async open(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  shut(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

let door: Door;
const test = base.extend({
  baseURL: async ({}, use) => {
    door = new Door(process.env.TIERWALK_URL ?? "http://127.0.0.1:8080");
    await use(await door.open());
    door.shut();
  },
});
test.use({ serviceWorkers: "allow", expectedReports: /ERR_CONNECTION_REFUSED|Failed to update a ServiceWorker/ });

const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });

test("after one visit the page opens and decides without a network", async ({ page }) => {
  await open(page);
  await kept(page);
  door.shut();
  await page.reload();
  await expect(strip(page)).toContainText("16 flows");
  await expect(flow(page, "frontend→backend")).toContainText("Deny");
  await expectLine(page, 18, "microservice1");
  await openExample(page, /^Default deny/);
  await expect(strip(page)).not.toContainText("16 flows");
  await expect(flow(page, "web→api").first()).toContainText("Allow");
});

test("once the page is loaded, nothing is asked for any more", async ({ page }) => {
  await open(page);
  await kept(page);
  door.asked = [];
  await openExample(page, /^Staged/);
  await flow(page, "cart").first().click();
  await page.getByRole("button", { name: "Import" }).click();
  await page.keyboard.press("Escape");
  expect(door.asked).toEqual([]);
});

test("a newer version says that it is there, keeps the open page whole, and is shown at the next load", async ({ page }) => {
  await open(page);
  await kept(page);
  door.build = "0123456789abcdef";
  await page.reload();
  await expect(strip(page)).toContainText("A newer version of this page is here.");
  const caches = await page.evaluate(() => window.caches.keys());
  expect(caches).toHaveLength(2);
  await strip(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(strip(page)).toContainText("16 flows");
  await page.reload();
  await expect(strip(page)).toContainText("16 flows");
  await expect(strip(page)).not.toContainText("newer version");
});

test("all files of a build are kept together, and a build that does not fit together is not kept", async ({ page }) => {
  await open(page);
  await kept(page);
  const names = await page.evaluate(async () => {
    const cache = await window.caches.open((await window.caches.keys())[0] ?? "");
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });
  for (const part of [/^\/$/, /worker-\w+\.wasm$/, /worker-\w+\.js$/, /editor-\w+\.js$/, /_bg\.wasm$/, /examples-\w+\.json$/]) {
    expect(names.filter((name) => part.test(name))).toHaveLength(1);
  }
  door.build = "fedcba9876543210";
  door.torn = true;
  const end = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const ended = new Promise((done) =>
      registration?.addEventListener("updatefound", () => {
        const next = registration.installing;
        next?.addEventListener("statechange", () => done(next.state));
      }),
    );
    await registration?.update();
    return ended;
  });
  expect(end).toBe("redundant");
  expect(await page.evaluate(() => window.caches.keys())).toHaveLength(1);
});
