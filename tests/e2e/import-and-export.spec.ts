import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "./fixtures";
import { bothThemes, file, flow, open, strip } from "./workbench";

const TIER = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: extra\nspec:\n  order: 600\n";

test("what is pasted anywhere becomes part of the workspace", async ({ page }) => {
  await open(page);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, TIER);
  await expect(file(page, "extra")).toHaveAttribute("aria-current", "page");
  await expect(page.locator(".spine", { hasText: "extra" })).toBeVisible();
  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(file(page, "extra")).toHaveCount(0);
});

test("flow lines pasted into the import panel are decided", async ({ page, axe }) => {
  await open(page);
  await page.getByRole("button", { name: "Import" }).click();
  await bothThemes(page, axe);
  await page.getByRole("textbox", { name: /Paste YAML/ }).fill("dev/web -> storefront/backend tcp/8080 deny\ndev/web -> dev/toolbox tcp/22 allow\n");
  await page.getByRole("button", { name: "Add to workspace" }).click();
  await expect(page.getByRole("tab", { name: /^Flows/ })).toContainText("18");
  await expect(flow(page, "web→toolbox")).toContainText("Allow");
});

test("files that are chosen are taken in, and what is not text is named", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByLabel("Files or zip").setInputFiles([
    { name: "extra.yaml", mimeType: "text/yaml", buffer: Buffer.from(TIER) },
    { name: "logo.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0xff, 0xfe]) },
  ]);
  await expect(strip(page)).toContainText("1 file imported. logo.png is not text and was left out.");
  await expect(file(page, "extra")).toBeVisible();
});

test("files that are dropped are taken in", async ({ page }) => {
  await open(page);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.yaml", { type: "text/yaml" }));
    return transfer;
  }, TIER);
  await page.dispatchEvent("#board", "dragover", { dataTransfer: data });
  await expect(page.locator("body")).toHaveAttribute("data-drop");
  await page.dispatchEvent("#board", "drop", { dataTransfer: data });
  await expect(page.locator("body")).not.toHaveAttribute("data-drop");
  await expect(file(page, "dropped")).toHaveAttribute("aria-current", "page");
});

test("an exported zip opens with unzip, and comes back whole", async ({ page, context }) => {
  await open(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: "All files as a zip" }).click();
  const folder = mkdtempSync(join(tmpdir(), "tierwalk-"));
  const zip = join(folder, "storefront.zip");
  await (await download).saveAs(zip);
  execFileSync("unzip", ["-q", zip, "-d", folder]);
  const backend = readFileSync(join(folder, "policies/backend.yaml"), "utf8");
  expect(backend).toBe(readFileSync(new URL("../../static/examples/storefront/policies/backend.yaml", import.meta.url), "utf8"));

  const next = await context.newPage();
  await open(next);
  await next.getByRole("button", { name: "storefront", exact: true }).first().click();
  await next.getByRole("button", { name: "New empty workspace" }).click();
  await expect(next.locator(".empty").first()).toBeVisible();
  await next.getByRole("button", { name: "Import" }).click();
  await next.getByLabel("Files or zip").setInputFiles(zip);
  await expect(strip(next)).toContainText(/\d\d files imported\./);
  await strip(next).getByRole("button", { name: "Dismiss" }).click();
  await expect(strip(next)).toContainText("12 Allow");
});

test("a dump of the cluster and a zip that is dropped are taken", async ({ page }) => {
  await open(page);
  const dump = `apiVersion: v1
kind: List
metadata:
  resourceVersion: ""
items:
- apiVersion: v1
  kind: Pod
  metadata:
    name: from-dump
    namespace: storefront
    uid: 0b7c5c4e-0000-4000-8000-000000000000
    creationTimestamp: "2026-01-01T00:00:00Z"
    labels: { app: backend }
  spec: { nodeName: node-1, containers: [] }
  status: { phase: Running, podIP: 10.1.2.3, podIPs: [{ ip: 10.1.2.3 }] }
`;
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    }, text);
  await paste(dump);
  await expect(strip(page)).toContainText("Pasted as imported/pasted.yaml.");
  await paste("storefront/frontend -> storefront/from-dump tcp/8080 deny");
  await expect(flow(page, "frontend→from-dump")).toContainText("Deny");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: "All files as a zip" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(Buffer.from(chunk));
  await page.getByRole("button", { name: "storefront", exact: true }).first().click();
  await page.getByRole("button", { name: "New empty workspace" }).click();
  const zip = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "workspace.zip"));
    return transfer;
  }, Buffer.concat(chunks).toString("base64"));
  await page.dispatchEvent("#board", "drop", { dataTransfer: zip });
  await expect(strip(page)).toContainText(/\d\d files imported\./);
  await expect(file(page, "pasted")).toBeVisible();
});

test("what other systems write is read, and a file that takes the place of another says so", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Import" }).click();
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TIER.replaceAll("\n", "\r\n"), "utf16le")]);
  await page.getByLabel("Files or zip").setInputFiles([{ name: "wide.yaml", mimeType: "text/yaml", buffer: wide }]);
  await expect(page.locator(".spine", { hasText: "extra" })).toBeVisible();
  await expect(page.getByRole("button", { name: "wide", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(page.locator(".edhead")).toContainText("No problems");

  await page.getByRole("button", { name: "Import" }).click();
  const other = Buffer.from(TIER.replace("extra", "another"));
  await page.getByLabel("Files or zip").setInputFiles([{ name: "wide.yaml", mimeType: "text/yaml", buffer: other }]);
  await expect(strip(page)).toContainText("1 file imported, 1 in place of another text.");
  await strip(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(page.locator(".spine", { hasText: "extra" })).toBeVisible();
});

test("a folder that is dropped brings all its files, and none that is hidden", async ({ page }) => {
  await open(page);
  const folder = join(mkdtempSync(join(tmpdir(), "tierwalk-")), "repo");
  for (const [path, text] of [["tiers/extra.yaml", TIER], ["README.yaml", "# nothing"], [".git/config", "[core]"]] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await browser.send("Input.dispatchDragEvent", { type, x: 700, y: 500, data });
  await expect(strip(page)).toContainText("2 files imported.");
  await expect(file(page, "extra")).toBeVisible();
  await expect(page.locator(".spine", { hasText: "extra" })).toBeVisible();
});
