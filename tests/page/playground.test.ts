import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { en } from "../../site_src/i18n/en.js";
import { Address } from "../../site_src/playground/address.js";
import { Playground, type PlaygroundParts } from "../../site_src/playground/element.js";
import { Figure } from "../../site_src/playground/figure_element.js";
import { Formulas } from "../../site_src/playground/formula.js";
import { fragmentOf, stateOfFragment } from "../../site_src/playground/link.js";
import { PlaygroundModel } from "../../site_src/playground/model.js";
import type { PanelName } from "../../site_src/playground/panels.js";
import { configuration, curvesAnswer, ground, json, python } from "./samples.js";

const pages = new URL("http://site.test/en/");
let runtime = python();
let loaders: Record<PanelName, () => Promise<unknown>>;
let createModel: PlaygroundParts["createModel"];
const katex = {
  render: vi.fn((formula: string, node: HTMLElement) => (node.textContent = `set: ${formula}`)),
};

beforeAll(() => {
  Playground.parts = () => ({
    messages: en,
    createModel,
    panels: loaders,
    formulas: new Formulas(async () => katex),
    pages,
  });
  Figure.parts = () => ({ messages: en, ground: async () => ground(runtime), pages });
  customElements.define("adamwd-playground", Playground);
  customElements.define("adamwd-figure", Figure);
});

beforeEach(() => {
  runtime = python();
  const loaded = () => vi.fn(async () => undefined);
  loaders = { inspector: loaded(), sweep: loaded(), code: loaded(), leave: loaded(), verify: loaded() };
  createModel = async () => new PlaygroundModel(ground(runtime), new Address(window));
});

afterEach(() => {
  document.body.replaceChildren();
  location.hash = "";
});

async function mount(): Promise<Playground> {
  document.body.innerHTML =
    "<adamwd-playground><p class='playground-fallback'>without scripts</p></adamwd-playground>";
  const element = document.querySelector("adamwd-playground") as Playground;
  await vi.waitFor(() => expect(element.querySelector("adamwd-views")).not.toBeNull());
  return element;
}

const find = <T extends Element>(element: Element, selector: string) => element.querySelector(selector) as T;

function slide(slider: HTMLInputElement, position: number, event: "input" | "change"): void {
  slider.value = String(position);
  slider.dispatchEvent(new Event(event, { bubbles: true }));
}

describe("<adamwd-playground>", () => {
  it("takes the place of what stood there, with a name for every control", async () => {
    const element = await mount();
    expect(element.textContent).not.toContain("without scripts");
    for (const input of element.querySelectorAll("input, select")) {
      const name =
        input.getAttribute("aria-label") ?? element.querySelector(`label[for="${input.id}"]`)?.textContent;
      expect(name, input.id).toBeTruthy();
    }
    const ids = [...element.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(element.textContent).toContain("16.4 MB");
  });

  it("gives the charts what they draw", async () => {
    const element = await mount();
    const views = find<HTMLElement & Record<string, unknown>>(element, "adamwd-views");
    expect(views).toMatchObject({
      step: 3,
      moving: false,
      startDraggable: true,
      compact: false,
      messages: en,
    });
    expect((views.curves as { origins: { left: { backend: string } } }).origins.left.backend).toBe("torch");
  });

  it("says a slider's value, and moves with its text", async () => {
    const element = await mount();
    const slider = find<HTMLInputElement>(element, "#adamwd-left-betas-1-slider");
    expect(slider.getAttribute("aria-valuetext")).toBe("0.999, 1 − β = 0.001");
    slide(slider, 20, "input");
    await element.updateComplete;
    expect(find<HTMLInputElement>(element, "#adamwd-left-betas-1").value).toBe("0.9");
    expect(element.model?.comparison.moving).toBe(true);
    slide(slider, 20, "change");
    expect(element.model?.comparison.moving).toBe(false);
  });

  it("keeps what was typed, marks it, and takes the reader there on Run", async () => {
    const element = await mount();
    const input = find<HTMLInputElement>(element, "#adamwd-left-lr");
    input.value = "1e-";
    input.dispatchEvent(new Event("input"));
    await element.updateComplete;
    expect([input.value, input.getAttribute("aria-invalid")]).toEqual(["1e-", "true"]);
    const described = element.querySelector(`#${input.getAttribute("aria-describedby")}`);
    expect(described?.textContent).toBe(en.controls.mistakes.number);
    find<HTMLButtonElement>(element, ".playground-run").click();
    expect(document.activeElement).toBe(input);
    expect(runtime.call).not.toHaveBeenCalled();
  });

  it("chooses presets, algorithms, problems and schedules", async () => {
    const element = await mount();
    find<HTMLButtonElement>(element, "[data-preset=reversal]").click();
    await element.updateComplete;
    const pressed = element.querySelectorAll("[aria-pressed=true]");
    expect([...pressed].map((button) => button.getAttribute("data-preset"))).toEqual(["reversal"]);
    const link = find<HTMLAnchorElement>(element, ".playground-story a");
    expect(link.href).toBe("http://site.test/en/differences/update-rule/#betas");

    const choose = async (id: string, value: string) => {
      const select = find<HTMLSelectElement>(element, `#${id}`);
      select.value = value;
      select.dispatchEvent(new Event("change"));
      await element.updateComplete;
    };
    await choose("adamwd-right-algorithm", "torch.optim.AdamW");
    expect(element.model?.state.right.hyperparameters).toMatchObject({ lr: 0.1, betas: [0.9, 0.95] });
    await choose("adamwd-problem", "constant_gradient");
    expect(find<HTMLInputElement>(element, "#adamwd-problem-names-1").value).toBe("gamma");
    await choose("adamwd-schedule", "list");
    expect(find<HTMLTextAreaElement>(element, "#adamwd-schedule-values").value).toBe("0.1, 0.1, 0.1");
    await choose("adamwd-schedule", "cosine");
    expect(element.model?.state.schedule).toEqual({ kind: "cosine", warmup_steps: 1, minimum_ratio: 0.1 });
  });

  it("brings the two sides together", async () => {
    const element = await mount();
    const press = (name: string) => find<HTMLButtonElement>(element, `.playground-${name}`).click();
    press("match");
    expect(element.model?.state.right.hyperparameters).toMatchObject({ eps: 1e-8, weight_decay: 0.01 });
    press("copy");
    expect(element.model?.state.right).toEqual(element.model?.state.left);
    press("defaults");
    expect(element.model?.state.left.hyperparameters.lr).toBe(0.001);
  });

  it("starts Python and sets the formulas at the first sign of interest", async () => {
    const element = await mount();
    expect(runtime.prepare).not.toHaveBeenCalled();
    element.dispatchEvent(new Event("pointerenter"));
    element.dispatchEvent(new Event("focusin"));
    expect(runtime.prepare).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(find(element, ".playground-formula").textContent).toContain("set: x^2"));
  });

  it("does not start Python early for a reader who saves data", async () => {
    const element = await mount();
    vi.stubGlobal("navigator", { connection: { saveData: true } });
    element.dispatchEvent(new Event("pointerenter"));
    expect(runtime.prepare).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  it("loads a panel when it is opened, once more after a failure", async () => {
    loaders.leave = vi.fn().mockRejectedValueOnce(new Error("404")).mockResolvedValue(undefined);
    const element = await mount();
    element.toggle("leave", true);
    await vi.waitFor(() => expect(element.textContent).toContain(en.controls.panelFailed));
    find<HTMLButtonElement>(element, "#adamwd-panel-leave .playground-retry").click();
    await vi.waitFor(() => expect(element.querySelector("adamwd-leave")).not.toBeNull());
    expect(find<HTMLElement & { link: string }>(element, "adamwd-leave").link).toContain("#s=");
    expect(loaders.sweep).not.toHaveBeenCalled();
  });

  it("says that code came by a link, and leads to it without running it", async () => {
    const { state } = stateOfFragment("#s=", configuration);
    location.hash = fragmentOf({ ...state, code: { ...state.code, loss: "def loss(w): return 0" } });
    const element = await mount();
    const notice = find<HTMLElement>(element, ".playground-waiting");
    expect(notice.textContent).toContain(en.controls.waiting);
    find<HTMLButtonElement>(notice, "button").click();
    await vi.waitFor(() => expect(element.querySelector("adamwd-own-code")).not.toBeNull());
    const own = find<HTMLElement & { waiting: boolean }>(element, "adamwd-own-code");
    expect(own.waiting).toBe(true);
    const called = () => runtime.call.mock.calls.map(([name]) => name);
    expect(called()).not.toContain("own_curves");
    own.dispatchEvent(new CustomEvent("adamwd-code-run", { bubbles: true }));
    await vi.waitFor(() => expect(called()).toContain("own_curves"));
    await vi.waitFor(() => expect(element.querySelector(".playground-waiting")).toBeNull());
  });

  it("tells of a bad link in words, as text", async () => {
    const bad = { v: 1, ["<img src=x onerror=alert(1)>"]: 1 };
    location.hash = `#s=${btoa(JSON.stringify(bad)).replaceAll("=", "")}`;
    const element = await mount();
    expect(find(element, ".playground-notice").textContent).toContain("<img");
    expect(element.querySelector(".playground-notice img")).toBeNull();
    find<HTMLButtonElement>(element, ".playground-notice button").click();
    await element.updateComplete;
    expect(element.querySelector(".playground-notice")).toBeNull();
  });

  it("can be tried again where the site does not answer", async () => {
    const works = createModel;
    createModel = vi.fn().mockRejectedValueOnce(new Error("404")).mockImplementation(works);
    document.body.innerHTML = "<adamwd-playground></adamwd-playground>";
    const element = document.querySelector("adamwd-playground") as Playground;
    await vi.waitFor(() => expect(element.textContent).toContain(en.failure.configuration));
    find<HTMLButtonElement>(element, ".playground-retry").click();
    await vi.waitFor(() => expect(element.querySelector("adamwd-views")).not.toBeNull());
  });

  it("ends what runs when it is taken away, and lives on when it comes back", async () => {
    runtime = python(() => new Promise(() => {}));
    const element = await mount();
    element.remove();
    expect(runtime.stop).not.toHaveBeenCalled();
    document.body.append(element);
    element.model?.comparison.replace({ ...element.model.state, steps: 9 });
    element.remove();
    expect(runtime.stop).toHaveBeenCalledTimes(1);
  });
});

describe("<adamwd-figure>", () => {
  async function mountFigure(attributes: string): Promise<Figure> {
    const holder = document.createElement("div");
    holder.innerHTML = `<adamwd-figure ${attributes}><img class="figure-fallback" alt="static"></adamwd-figure>`;
    document.body.append(holder);
    const element = find<Figure>(holder, "adamwd-figure");
    await vi.waitFor(() => expect(element.querySelector("figure, [role=alert]")).not.toBeNull());
    return element;
  }

  it("shows recorded runs, a few settings, and the way to the playground", async () => {
    const element = await mountFigure('preset="reversal" views="step_size, ratio" controls="beta2 steps"');
    await vi.waitFor(() => expect(element.querySelector("img")).toBeNull());
    const views = find<HTMLElement & Record<string, unknown>>(element, "adamwd-views");
    expect(views).toMatchObject({ views: ["step_size", "ratio"], compact: true, startDraggable: false });
    expect(element.querySelectorAll("input[type=range]")).toHaveLength(2);
    const { href } = find<HTMLAnchorElement>(element, ".figure-more a");
    expect(href).toMatch(/^http:\/\/site\.test\/en\/playground\/#s=/);
    const { state } = stateOfFragment(new URL(href).hash, configuration);
    expect(state.left.hyperparameters.betas).toEqual([0.9, 0.95]);
    expect(runtime.call).not.toHaveBeenCalled();
  });

  it("moves a setting on both sides", async () => {
    const element = await mountFigure('preset="reversal" views="ratio" controls="beta2"');
    slide(find(element, "input[type=range]"), 40, "change");
    expect(element.model?.comparison.state.left.hyperparameters.betas).toEqual([0.9, 0.99]);
    expect(element.model?.comparison.state.right.hyperparameters.beta2).toBe(0.99);
    await vi.waitFor(() => expect(element.model?.comparison.stale).toBe(false));
    expect(runtime.call).toHaveBeenCalledTimes(1);
  });

  it("has ids of its own beside another", async () => {
    await mountFigure('preset="reversal" views="ratio" controls="beta2"');
    await mountFigure('preset="defaults" views="loss" controls="beta2,lr"');
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("keeps the static figure where its preset is not known", async () => {
    const element = await mountFigure('preset="no such" views="loss"');
    expect(element.textContent).toContain(en.controls.figure.missing);
    expect(element.querySelector("img")).not.toBeNull();
  });

  it("shows the library's refusal, and a way on after a failure", async () => {
    runtime = python(async () =>
      json({ error: { side: "left", field: "lr", type: "ValueError", message: "Invalid" } }),
    );
    const element = await mountFigure('preset="defaults" views="loss" controls="lr"');
    slide(find(element, "input[type=range]"), 40, "change");
    await vi.waitFor(() => expect(element.querySelector(".playground-error")?.textContent).toBe("Invalid"));
    runtime.call.mockRejectedValueOnce(new Error("odd")).mockResolvedValue(curvesAnswer());
    slide(find(element, "input[type=range]"), 50, "change");
    await vi.waitFor(() => expect(element.querySelector(".playground-retry")).not.toBeNull());
    find<HTMLButtonElement>(element, ".playground-retry").click();
    await vi.waitFor(() => expect(element.querySelector(".playground-failure")).toBeNull());
  });
});
