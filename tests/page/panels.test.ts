// The panels that show what Python answered: the step inspector, what one takes away, and the verification.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { identitiesOf } from "../../site_src/charts/identity.js";
import { en } from "../../site_src/i18n/en.js";
import { Inspector } from "../../site_src/inspector/element.js";
import { plain } from "../../site_src/inspector/formula_view.js";
import { aligned, type Inspection } from "../../site_src/inspector/inspection.js";
import { csvOf } from "../../site_src/leave/csv.js";
import { Leave } from "../../site_src/leave/element.js";
import { Verify } from "../../site_src/verify/element.js";
import { spec, trace } from "./samples.js";

for (const [name, element] of [
  ["adamwd-inspector", Inspector],
  ["adamwd-leave", Leave],
  ["adamwd-verify", Verify],
] as const) {
  if (!customElements.get(name)) customElements.define(name, element);
}

const identities = identitiesOf({ left: spec("left"), right: spec("right") }, en.views);
const line = (id: string, value: number, differs = false, own = false) => ({
  id,
  formula: String.raw`\sqrt{${id}}`,
  substituted: String(value),
  value,
  differs,
  own,
});
const inspection: Inspection = {
  step: 3,
  component: "w[0]",
  sides: {
    left: {
      algorithm: "torch.optim.AdamW",
      lines: [line("gradient", 1), line("first_moment_corrected", 2, true, true), line("update", 3, true)],
    },
    right: {
      algorithm: "mindspore.nn.AdamWeightDecay",
      lines: [line("gradient", 1), line("update", 4, true)],
    },
  },
};

async function shown<T extends HTMLElement>(name: string, properties: Partial<T>): Promise<T> {
  const element = document.createElement(name) as T & { updateComplete: Promise<unknown> };
  Object.assign(element, { messages: en, ...properties });
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Everything that is on its way has come. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

afterEach(() => document.body.replaceChildren());

describe("<adamwd-inspector>", () => {
  it("puts the lines of both sides beside each other, in the order of computation", () => {
    expect(aligned(inspection).map(({ id, lines }) => [id, Object.keys(lines)])).toEqual([
      ["gradient", ["left", "right"]],
      ["first_moment_corrected", ["left"]],
      ["update", ["left", "right"]],
    ]);
  });

  it("marks where they differ, and names what one side does not have", async () => {
    const element = await shown<Inspector>("adamwd-inspector", { identities, inspection, names: ["w[0]"] });
    const rows = [...element.querySelectorAll(".inspector-list > li")];
    expect(rows.map((row) => row.classList.contains("inspector-differs"))).toEqual([false, true, true]);
    expect(rows[1]?.querySelector(".inspector-missing")?.textContent).toContain(en.inspector.missing);
    expect(rows[1]?.querySelector(".inspector-own")?.textContent).toBe(en.inspector.own);
    expect(rows[2]?.textContent).toMatch(/= 3.*= 4/s);
    expect(element.querySelector("[role=status]")?.textContent).toContain("Step 3, w[0]");
  });

  it("sets formulas by KaTeX where that comes, trusting nothing but its own class", async () => {
    const render = vi.fn((formula: string, into: HTMLElement) => {
      into.textContent = `set ${formula}`;
    });
    Inspector.loadKatex = async () => ({ render });
    const element = await shown<Inspector>("adamwd-inspector", { identities, inspection });
    await settled();
    expect(element.textContent).toContain(String.raw`set \sqrt{gradient}`);
    const { trust } = (render.mock.calls[0] as unknown[])[2] as {
      trust: (asked: { command: string }) => boolean;
    };
    expect(trust({ command: "\\htmlClass" })).toBe(true);
    expect(trust({ command: "\\href" })).toBe(false);
  });

  it("reads without KaTeX too", () => {
    expect(plain(String.raw`\htmlClass{x}{\beta_1} \times \sqrt{v}`)).toBe("β_1 × √v");
  });

  it("tells which component is chosen, and that no step has led to the start", async () => {
    const names = ["w[0]", "w[1]"];
    const element = await shown<Inspector>("adamwd-inspector", { identities, inspection, names });
    const chosen = vi.fn();
    element.addEventListener("adamwd-component", (event) => chosen((event as CustomEvent).detail));
    const select = element.querySelector("select");
    if (select) select.selectedIndex = 1;
    select?.dispatchEvent(new Event("change"));
    expect(chosen).toHaveBeenCalledWith({ component: 1 });
    element.step = 0;
    await element.updateComplete;
    expect(element.textContent).toContain(en.inspector.none);
  });
});

describe("<adamwd-leave>", () => {
  const traces = {
    left: trace("left", "numpy", { loss: [1, "NaN", "Infinity", 0.1] }),
    right: trace("right", "numpy", { first_moment: { 'a,"b"': [[1], [2], [3], [4]] } }),
  };

  it("writes every number with all its digits, one line a step", () => {
    const lines = csvOf(traces).trimEnd().split("\n");
    expect(lines[0]).toBe(
      "step,left.loss,left.parameters.w[0],left.parameters.w[1]," +
        'right.loss,right.parameters.w[0],right.parameters.w[1],"right.first_moment.a,""b"""',
    );
    expect(lines[2]).toBe("1,NaN,0.9,0.9,5,0.9,0.81,2");
    expect(lines).toHaveLength(5);
  });

  it("shows the script of the framework that is chosen, and another when the setting is another", async () => {
    const sourceCode = vi.fn(async (framework: string) => ({ code: `# ${framework}`, filename: "a.py" }));
    const element = await shown<Leave>("adamwd-leave", {
      link: "#1",
      sourceCode,
      traces: async () => traces,
    });
    expect(sourceCode).not.toHaveBeenCalled();
    element.querySelector<HTMLElement>("#adamwd-leave-mindspore")?.click();
    await settled();
    expect(element.querySelector("pre")?.textContent?.trim()).toBe("# mindspore");
    element.link = "#2";
    await settled();
    expect(sourceCode.mock.calls.map(([framework]) => framework)).toEqual(["mindspore", "mindspore"]);
  });

  it("says so where a framework has no part in it, and where Python fails", async () => {
    const sourceCode = vi.fn(async () => ({ code: null, filename: "a.py" }) as unknown);
    const element = await shown<Leave>("adamwd-leave", {
      link: "#1",
      sourceCode,
      traces: async () => traces,
    });
    element.querySelector<HTMLElement>("#adamwd-leave-torch")?.click();
    await settled();
    expect(element.textContent).toContain(en.leave.none("PyTorch"));
    sourceCode.mockRejectedValueOnce(new Error("no network"));
    element.querySelector<HTMLElement>("#adamwd-leave-numpy")?.click();
    await settled();
    expect(element.querySelector("[role=alert]")?.textContent).toContain("no network");
  });

  it("gives files under names that say what they are", async () => {
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    const element = await shown<Leave>("adamwd-leave", {
      link: "#1",
      sourceCode: async () => ({}),
      traces: async () => traces,
    });
    const wanted = [en.leave.csv, en.leave.json("left"), en.leave.json("right")];
    for (const button of element.querySelectorAll("button"))
      if (wanted.includes(button.textContent?.trim() ?? "")) button.click();
    await settled();
    expect(names).toEqual(["adamw-runs.csv", "adamw-left.json", "adamw-right.json"]);
  });
});

describe("<adamwd-verify>", () => {
  const experiments = ["a", "b", "c"].map((name) => ({ name, label: "adamw", backend: "torch" }));
  const holds = {
    digest: "x",
    reference_digest: "x",
    differing: 0,
    numbers: 100,
    error: 1e-8,
    limit: 1e-3,
    holds: true,
  };
  let verify: ReturnType<typeof vi.fn<(experiment: { name: string }) => Promise<unknown>>>;
  beforeEach(() => {
    verify = vi.fn<(experiment: { name: string }) => Promise<unknown>>(async () => holds);
  });
  const open = () => shown<Verify>("adamwd-verify", { experiments, verify });

  it("runs every experiment and says that all hold", async () => {
    const element = await open();
    expect(verify).not.toHaveBeenCalled();
    await element.run();
    await element.updateComplete;
    expect(verify.mock.calls.map(([{ name }]) => name)).toEqual(["a", "b", "c"]);
    expect(element.querySelector("[role=status]")?.textContent).toMatch(
      /All 3 experiments hold, 300 numbers/,
    );
    expect(element.querySelectorAll("tbody tr")).toHaveLength(3);
  });

  it("says which does not hold, and which could not be checked", async () => {
    verify.mockResolvedValueOnce({ ...holds, differing: 7, holds: false });
    verify.mockRejectedValueOnce(new Error("HTTP 404"));
    const element = await open();
    await element.run();
    await element.updateComplete;
    expect(element.querySelector("[role=status]")?.textContent).toMatch(/2 of 3 experiments do not hold/);
    const rows = [...element.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
    expect(rows[0]).toMatch(/7 of 100/);
    expect(rows[1]).toContain("HTTP 404");
  });

  it("can be stopped, and says how far it came", async () => {
    const element = await open();
    verify.mockImplementationOnce(async () => {
      await settled();
      element.querySelectorAll("button")[1]?.click();
      return holds;
    });
    await element.run();
    await element.updateComplete;
    expect(verify).toHaveBeenCalledOnce();
    expect(element.querySelectorAll("button")[0]?.disabled).toBe(false);
  });
});
