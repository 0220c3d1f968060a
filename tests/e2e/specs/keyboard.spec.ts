// Every page by keyboard only: the focus reaches everything, and the page's task can be done.

import { expect, mailbox, test } from "../support/fixtures.ts";
import { fromTheTop, goAround, Keys, listen } from "../support/keyboard.ts";
import { SIGNED_IN, walk } from "../support/pages.ts";
import { dialog, signInAsDemo } from "../support/steps.ts";

test.use({ serverFlags: ["--rate-limit", "5000"], contextOptions: { reducedMotion: "reduce" } });

/** The pages with navigation, which begin with a link that skips it. */
const WITH_NAVIGATION = SIGNED_IN.filter(({ name }) => name !== "not-found").map(({ path }) => path);

for (const direction of ["Tab", "Shift+Tab"] as const) {
  test(`${direction} goes through every page completely, in order, visibly, and out again`, async ({ page }) => {
    test.setTimeout(240_000);
    await walk(page, async ({ path }) => {
      const expected = await listen(page);
      const stops = await goAround(page, direction);
      const without = (lack: (stop: (typeof stops)[number]) => boolean) => stops.filter(lack).map(({ what }) => what);
      expect.soft(fromTheTop(stops, direction).map(({ what }) => what), path).toEqual(expected);
      expect.soft(without(({ name }) => name === ""), `${path} has stops without a name`).toEqual([]);
      expect.soft(without(({ visible }) => !visible), `${path} hides the focus`).toEqual([]);
      if (WITH_NAVIGATION.includes(path)) expect.soft(expected[0], path).toBe('a "Skip to content"');
    });
  });
}

/** Each page's main task, done by keyboard from its beginning. */
const ACTS: Record<string, (keys: Keys) => Promise<void>> = {
  apps: async (keys) => {
    const { page } = keys;
    await keys.act(page.getByRole("table", { name: "Apps" }).getByRole("link", { name: "idle-copper-newt" }));
    await expect(page.getByRole("heading", { name: "idle-copper-newt", level: 1 })).toBeVisible();
  },

  "new-app": async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("Name"), "made-by-keys");
    const clouds = page.getByRole("group", { name: "Cloud" }).getByRole("radio");
    await keys.to(clouds.first());
    await keys.press("ArrowDown");
    await expect(clouds.nth(1)).toBeChecked();
    await keys.act(page.getByRole("button", { name: "Create app" }));
    await expect(page.getByRole("heading", { name: "made-by-keys", level: 1 })).toBeVisible();
  },

  "app-overview": async (keys) => {
    const { page } = keys;
    const restart = page.getByRole("button", { name: "Restart" });
    await keys.act(restart);
    await expect(dialog(page)).toBeVisible();
    await keys.press("Escape");
    await expect(restart).toBeFocused();
    await keys.act(page.getByRole("button", { name: /^Kill / }).first());
    await keys.act(dialog(page).getByRole("button", { name: "Kill pod" }));
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByRole("row", { name: /Starting|Terminating/ }).first()).toBeVisible();
    await keys.kept();
    await keys.to(page.getByRole("button", { name: "Simulate push" }));
    await keys.press("Space");
    await expect(page.getByText("Build in progress", { exact: true })).toBeVisible();
  },

  "app-logs": async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("Filter lines"), "nothing like it");
    await keys.act(page.getByRole("button", { name: "Show all lines" }));
    await expect(page.getByLabel("Filter lines")).toHaveValue("");
    await keys.kept();
    await keys.to(page.getByRole("button", { name: "Pause" }), "Shift+Tab");
    await keys.press("Space");
    await expect(page.getByText("Paused")).toBeVisible();
    await expect(page.getByRole("button", { name: "Follow" })).toBeFocused();
  },

  "app-metrics": async (keys) => {
    const { page } = keys;
    const range = page.getByRole("group", { name: "Range" }).getByRole("button", { name: "6 h" });
    await keys.act(range);
    await expect(page).toHaveURL(/range=6h/);
    await expect(range).toBeFocused();
    await keys.to(page.getByRole("slider", { name: "Memory over time" }));
    await keys.press("End");
    await expect(page.getByRole("slider", { name: "Memory over time" })).toHaveAttribute("aria-valuenow", "360");
  },

  "app-releases": async (keys) => {
    const { page } = keys;
    const back = page.getByRole("button", { name: "Roll back to v5" });
    await keys.act(back);
    await expect(dialog(page)).toBeVisible();
    await keys.press("Escape");
    await expect(back).toBeFocused();
    await keys.press("Enter");
    await keys.act(dialog(page).getByRole("button", { name: "Roll back" }));
    await expect(page.getByRole("row", { name: /Rolled back to v5/ })).toContainText("v8");
    await keys.kept();
  },

  "app-config": async (keys) => {
    const { page } = keys;
    const add = page.getByRole("button", { name: "Add variable" });
    await keys.act(add);
    await keys.type(dialog(page).getByLabel("Name"), "BY_KEYS");
    await keys.type(dialog(page).getByLabel("Value"), "made up");
    await keys.act(dialog(page).getByRole("button", { name: "Stage" }));
    await expect(dialog(page)).toHaveCount(0);
    await expect(add).toBeFocused();
    await keys.act(page.getByRole("button", { name: "Review and apply" }));
    await keys.act(dialog(page).getByRole("button", { name: "Apply", exact: true }));
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Staged changes" })).toHaveCount(0);
    await keys.kept();
  },

  "app-databases": async (keys) => {
    const { page } = keys;
    const scale = page.getByRole("button", { name: "Scale the database" });
    await keys.act(scale);
    await keys.to(dialog(page).getByRole("radio", { name: /^1\.7 GB/ }));
    await keys.press("ArrowDown");
    await expect(dialog(page).getByRole("radio", { name: /^4 GB/ })).toBeChecked();
    await keys.press("Escape");
    await expect(scale).toBeFocused();
    await keys.press("Enter");
    await keys.to(dialog(page).getByRole("radio", { name: /^1\.7 GB/ }));
    await keys.press("ArrowDown");
    await keys.act(dialog(page).getByRole("button", { name: "Scale", exact: true }));
    await expect(page.getByText("Being scaled", { exact: true })).toBeVisible();
    await keys.kept();
  },

  "app-jobs": async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("Command", { exact: true }), "sleep 200");
    await keys.press("Enter");
    const job = page.locator("li.job");
    await keys.act(job.getByRole("button", { name: /^End / }));
    await keys.act(dialog(page).getByRole("button", { name: "End job" }));
    await expect(job).toContainText("Failed");
    await keys.kept();
  },

  "app-terminal": async (keys) => {
    const { page } = keys;
    await keys.act(page.getByRole("button", { name: "Show the address" }));
    await expect(page.getByText(/^ssh -t root@203\.0\.113\.\d+ gigalixir_run remote_console$/)).toBeVisible();
    await keys.kept();
  },

  "app-domains": async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("Name", { exact: true }), "keys.example");
    await keys.press("Enter");
    await keys.act(page.getByRole("button", { name: "Remove keys.example" }));
    await keys.act(dialog(page).getByRole("button", { name: "Remove", exact: true }));
    await expect(page.getByRole("group", { name: /keys.example removed/ })).toBeFocused();
    await keys.act(page.getByRole("button", { name: "Undo" }));
    await expect(page.getByRole("button", { name: "Remove keys.example" })).toBeVisible();
    await keys.kept();
  },

  "app-drains": async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("Address", { exact: true }), "syslog+tls://logs.example.com:6514");
    await keys.press("Enter");
    await keys.act(page.getByRole("button", { name: "Remove logs.example.com:6514" }));
    await keys.act(dialog(page).getByRole("button", { name: "Remove", exact: true }));
    await expect(page.getByRole("heading", { name: "logs.example.com:6514" })).toHaveCount(0);
    await keys.kept();
  },

  "app-access": async (keys) => {
    const { page } = keys;
    const actions = page.getByRole("button", { name: "Actions for kim@backoffice.example" });
    await keys.act(actions);
    await expect(page.getByRole("menuitem", { name: "Change role" })).toBeFocused();
    await keys.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
    await keys.press("Escape");
    await expect(actions).toBeFocused();
    await keys.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Change role" })).toBeFocused();
    await keys.press("r");
    await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
    await keys.press("Enter");
    await keys.act(dialog(page).getByRole("button", { name: "Remove" }));
    await expect(page.getByRole("group", { name: /kim@backoffice.example no longer has access/ })).toBeFocused();
    await keys.type(page.getByLabel("Email"), "kim@backoffice.example");
    await keys.press("Enter");
    await expect(page.getByRole("row", { name: /kim@backoffice.example/ })).toContainText("Collaborator");
    await keys.kept();
  },

  "app-canaries": async (keys) => {
    const { page } = keys;
    await keys.to(page.getByRole("slider", { name: "Share of the traffic" }));
    await keys.press("ArrowRight");
    await keys.act(page.getByRole("button", { name: "Apply" }));
    await expect(page.getByRole("region", { name: "Traffic" }).getByRole("listitem")).toHaveText([/94 %/, /6 %/]);
    await keys.kept();
    await keys.act(page.getByRole("button", { name: "Remove the canary bold-misty-otter" }), "Shift+Tab");
    await keys.act(dialog(page).getByRole("button", { name: "Remove" }));
    await expect(page.getByRole("group", { name: /no longer the canary/ })).toBeFocused();
  },

  "app-activity": async (keys) => {
    const { page } = keys;
    await keys.to(page.getByLabel("Kind"));
    await keys.page.keyboard.type("Roll");
    await expect(page).toHaveURL(/kind=rollback/);
    const save = page.getByRole("button", { name: "Export shown entries" });
    await keys.act(save);
    await expect(page.getByRole("menuitem", { name: "As CSV" })).toBeFocused();
    const [file] = await Promise.all([page.waitForEvent("download"), keys.press("Enter")]);
    expect(file.suggestedFilename()).toContain("activity.csv");
    await keys.kept();
  },

  "app-cost": async (keys) => {
    const { page } = keys;
    await expect(page.getByRole("row", { name: /2 replicas of size 0.5/ })).toBeVisible();
    await keys.act(page.getByRole("main").getByRole("link", { name: "Billing" }));
    await expect(page.getByRole("heading", { name: "Billing", level: 1 })).toBeVisible();
  },

  "app-settings": async (keys) => {
    const { page } = keys;
    await keys.to(page.getByRole("radio", { name: /gigalixir-/ }).and(page.locator(":checked")));
    await keys.press("ArrowUp");
    await keys.act(page.getByRole("button", { name: "Set stack" }));
    await expect(page.getByText(/The next deploy builds on/)).toBeVisible();
    await keys.kept();
    const remove = page.getByRole("button", { name: "Delete app" });
    await keys.act(remove);
    await expect(dialog(page).getByLabel(/^Type/)).toBeFocused();
    await keys.press("Escape");
    await expect(remove).toBeFocused();
    await keys.act(page.getByRole("region", { name: "Maintenance mode" }).getByRole("button", { name: "Turn on" }));
    await keys.act(dialog(page).getByRole("button", { name: "Turn on" }));
    await expect(page.getByText("Turned on from this tab")).toBeVisible();
    await keys.kept();
  },

  guide: async (keys) => {
    const { page } = keys;
    const step = page.getByRole("button", { name: "Install the command-line client" });
    await keys.to(step);
    if ((await step.getAttribute("aria-expanded")) === "false") await keys.press("Enter");
    await expect(step).toHaveAttribute("aria-expanded", "true");
    await keys.act(page.getByRole("button", { name: "I have done this" }));
    await expect(step).toContainText("Marked as done");
    await keys.kept();
  },

  versions: async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("Elixir", { exact: true }), "1.14.5");
    const rebuild = page.getByLabel("Rebuild everything on every deploy");
    await keys.to(rebuild);
    await keys.press("Space");
    await expect(page.getByRole("region", { name: "Text of elixir_buildpack.config" })).toContainText("always_rebuild=true");
    await expect(rebuild).toBeFocused();
  },

  requests: async (keys) => {
    const { page } = keys;
    await keys.act(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Apps" }).first(), "Shift+Tab");
    await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: "Refresh" })).toBeEnabled();
    await keys.act(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Requests" }));
    await expect(page.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
    const call = page.getByRole("main").locator("summary").first();
    await keys.act(call);
    await expect(page.getByText(/curl|gigalixir/).first()).toBeVisible();
    await expect(call).toBeFocused();
  },

  account: async (keys) => {
    const { page } = keys;
    await keys.type(page.getByLabel("New email"), "next@example.com");
    await keys.type(page.getByLabel("Current password"), "sandbox-demo");
    await keys.press("Enter");
    await expect(page.getByText("Confirm the change to next@example.com")).toBeVisible();
    await keys.kept();
    const close = page.getByRole("button", { name: "Close account…" });
    await keys.act(close);
    await expect(dialog(page)).toBeVisible();
    await keys.press("Escape");
    await expect(close).toBeFocused();
  },

  security: async (keys) => {
    const { page } = keys;
    const factor = page.getByRole("region", { name: "Second factor", exact: true });
    await keys.act(factor.getByRole("button", { name: "Set up" }));
    await expect(factor.getByRole("img", { name: /QR code/ })).toBeVisible();
    await keys.kept();
    await keys.act(factor.getByRole("button", { name: "Cancel" }));
    await expect(factor.getByRole("button", { name: "Set up" })).toBeVisible();
    await keys.kept();
    await keys.type(page.getByLabel("Current password", { exact: true }), "sandbox-demo");
    await keys.type(page.getByLabel("New password", { exact: true }), "another password");
    await keys.press("Enter");
    await expect(page.getByText("Password changed.")).toBeVisible();
    await keys.kept();
  },

  "ssh-keys": async (keys) => {
    const { page } = keys;
    await keys.to(page.getByLabel("Public key"));
    await page.keyboard.insertText("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZXVB+0CIQVUhn6i+gNmQvPtA8M4nGk+ezusUpp0UB8 by@keys");
    await keys.act(page.getByRole("button", { name: "Add key" }));
    await keys.act(page.getByRole("button", { name: "Remove by@keys" }));
    await keys.act(dialog(page).getByRole("button", { name: "Remove" }));
    await expect(page.getByRole("row", { name: /by@keys/ })).toHaveCount(0);
    await keys.kept();
  },

  billing: async (keys) => {
    const { page } = keys;
    const replace = page.getByRole("button", { name: "Replace card" });
    await keys.act(replace);
    const cards = dialog(page).getByRole("radio");
    await keys.to(cards.and(dialog(page).locator(":checked")));
    await keys.press("ArrowDown");
    await keys.act(dialog(page).getByRole("button", { name: "Use this card" }));
    await expect(dialog(page)).toHaveCount(0);
    await expect(replace).toBeFocused();
  },

  "no-such-app": async (keys) => {
    await keys.act(keys.page.getByRole("main").getByRole("link", { name: "All apps" }));
    await expect(keys.page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
    await keys.kept();
  },
};

/** In three parts, so that no test takes long. */
const PARTS = [0, 1, 2].map((part) => SIGNED_IN.filter(({ name }, at) => name !== "not-found" && at % 3 === part));

for (const part of PARTS) {
  test(`the keyboard is enough for ${part.map(({ name }) => name).join(", ")}`, async ({ page }) => {
    test.setTimeout(180_000);
    await signInAsDemo(page);
    const keys = new Keys(page);
    for (const { name, path } of part) {
      await test.step(name, async () => {
        await keys.open(path);
        await ACTS[name]?.(keys);
      });
    }
    expect(part.filter(({ name }) => !(name in ACTS)), "pages without a keyboard test").toEqual([]);
  });
}

test("the keyboard is enough to sign up, reset a password, and leave a missing page", async ({ page, server }) => {
  const keys = new Keys(page);
  await page.goto("/sign-up");
  await keys.type(page.getByLabel("Email"), "ada@example.com");
  await keys.press("Enter");
  await keys.to(page.getByRole("button", { name: "Use this code" }));
  const [mail] = await mailbox(server.apiUrl, "ada@example.com");
  await keys.type(page.getByLabel("Code from the mail"), mail?.code ?? "");
  await keys.press("Enter");
  await keys.type(page.getByLabel("Password", { exact: true }), "made up password");
  await keys.press("Enter");
  await expect(page.getByRole("heading", { name: "You have no apps yet" })).toBeVisible();
  await keys.act(page.getByRole("link", { name: "Create your first app" }));
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.goto("/nowhere");
  await keys.act(page.getByRole("main").getByRole("link").first());
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
  await keys.act(page.getByRole("button", { name: "Sign out" }));
  await keys.act(page.getByRole("link", { name: "Forgot your password?" }));
  await keys.type(page.getByLabel("Email"), "ada@example.com");
  await keys.press("Enter");
  await keys.act(page.getByRole("button", { name: "Open the link" }));
  await keys.type(page.getByLabel("New password", { exact: true }), "another password");
  await keys.press("Enter");
  await keys.act(page.getByRole("link", { name: "Sign in with your new password" }));
  await keys.type(page.getByLabel("Email"), "ada@example.com");
  await keys.type(page.getByLabel("Password", { exact: true }), "another password");
  await keys.press("Enter");
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
});
