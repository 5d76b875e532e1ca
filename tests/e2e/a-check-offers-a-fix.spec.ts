import { expect, test } from "./fixtures";
import { expectLine, open, openExample } from "./workbench";

import type { Page } from "@playwright/test";

const row = (page: Page, id: string) => page.getByRole("grid", { name: "Checks" }).getByRole("row").filter({ hasText: id });
const findings = (page: Page) => page.getByRole("region", { name: "Findings" });

const POLICY = `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: shop
  namespace: storefront
spec:
  order: 20 # early
  selector: app == "frontend"
  types: [Egress]
  egress:
  - action: Allow
    protocol: TCP
    destination: {ports: [5432]}
`;

test("a shipped check offers what would pass, and the rest of the text stays", async ({ page }) => {
  await open(page);
  await openExample(page, /^Default deny/);
  await page.getByRole("tab", { name: /^Checks/ }).click();
  await page.getByRole("button", { name: "Add the starter pack" }).click();
  await expect(row(page, "order")).toBeVisible();
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByLabel("Paste YAML, a kubectl get -o yaml dump, or flow lines").fill(POLICY);
  await page.getByRole("button", { name: "Add to workspace" }).click();
  await expect(row(page, "order")).toContainText("1 fail");
  await findings(page).getByRole("button", { name: /order 20 of shop is below 500/ }).click();
  await findings(page).getByRole("button", { name: "Set order to 500" }).click();
  await expect(row(page, "order")).toContainText("holds");
  await expectLine(page, 7, "order: 500 # early");
  const dns = findings(page).getByRole("listitem").filter({ hasText: "shop allows egress, but not to DNS" });
  await dns.getByRole("button", { name: "Allow DNS first" }).click();
  await expect(dns).toHaveCount(0);
  await expectLine(page, 12, "protocol: UDP");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(dns).toHaveCount(1);
});
