import { expect, test } from "./fixtures";
import { open, walk } from "./workbench";

test("the walk is gone through with letters and arrows, and leads to the line", async ({ page, axe }) => {
  await open(page);
  const step = walk(page).locator(".step[aria-current=step]");
  await expect(step).toContainText("End of tier");
  await page.keyboard.press("k");
  await expect(step).toContainText("storefront/backend");
  await expect(step).toBeFocused();
  await expect(walk(page)).toContainText('Applies: selector app == "backend"');
  await page.keyboard.press("k");
  await expect(step).toContainText("kube-admin");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(step).toContainText("End of tier");
  await page.keyboard.press("ArrowRight");
  await expect(walk(page)).toContainText('microservice2 selector app == "microservice2" · has app = "backend"');
  await page.keyboard.press("e");
  await expect(walk(page).getByRole("button", { name: /^Egress at storefront\/frontend/ })).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("d");
  await expect(walk(page).getByRole("button", { name: /^Ingress at storefront\/backend/ })).toHaveAttribute("aria-expanded", "true");
  await expect(step).toContainText("End of tier");
  await axe();
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.locator("#text .cm-content")).toBeFocused();
  await expect(page.locator(".edhead")).toContainText("backend.yaml");
});

test("a screen reader hears two ordered lists, egress then ingress", async ({ page }) => {
  await open(page);
  await expect(walk(page).getByRole("list", { name: /steps$/ })).toHaveCount(2);
  await expect(walk(page)).toMatchAriaSnapshot(`
    - complementary "Walk of the selected flow":
      - heading "Egress at storefront/frontend Allow" [level=3]:
        - button "Egress at storefront/frontend Allow"
      - list "Egress steps":
        - listitem: security block-embargo no rule matched
        - listitem:
          - text: security security-pass
          - code: egress[0]
          - text: Pass
        - listitem: platform allow-dns no rule matched
        - listitem: platform twilio-integration no rule matched
        - listitem:
          - text: platform platform-pass
          - code: egress[0]
          - text: Pass
        - listitem: kube-admin no policies skipped
        - listitem:
          - text: default frontend
          - code: egress[0]
          - text: Allow
      - heading "Ingress at storefront/backend Deny" [level=3]:
        - button "Ingress at storefront/backend Deny" [expanded]
      - list "Ingress steps":
        - listitem:
          - button /security security-pass ingress\\[0\\] Pass/
        - listitem:
          - button "platform no Ingress policy selects it skipped"
        - listitem:
          - button "kube-admin no policies skipped"
        - listitem:
          - button /default storefront.backend no rule matched/
        - listitem:
          - button "default End of tier Deny"
  `);
});
