import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { identitiesOf } from "../../site_src/charts/identity.js";
import { en } from "../../site_src/i18n/en.js";
import { numbersOf, PIECES, templateOf, textOf, withText } from "../../site_src/own_code/code.js";
import { createCodeMirror } from "../../site_src/own_code/code_mirror.js";
import { type CreateEditor, plainEditor } from "../../site_src/own_code/editor.js";
import { OwnCodePanel } from "../../site_src/own_code/element.js";
import { spec } from "./samples.js";

const none = { loss: null, start: [1, 1], rules: { left: null, right: null } };
const templates = {
  loss: "def loss(w): ...",
  start: [0, 0],
  rules: { "torch.optim.AdamW": "def update(w): ...", "mindspore.nn.AdamWeightDecay": "def update(): ..." },
};
const optimizers = { left: "torch.optim.AdamW", right: "mindspore.nn.AdamWeightDecay" };
const identities = identitiesOf({ left: spec("left"), right: spec("right") }, en.views);

describe("code", () => {
  it.each([...PIECES])("has a text for %s, and gives the built-in one back", (piece) => {
    const written = withText(none, piece, "x");
    expect(textOf(written, piece)).toBe("x");
    expect(withText(written, piece, null)).toEqual(none);
    expect(templateOf(templates, piece, optimizers)).toMatch(/^def/);
  });

  it.each([
    ["1, 2", [1, 2]],
    ["0.5 -1e3", [0.5, -1000]],
    ["1，2", [1, 2]],
    ["", null],
    ["1, x", null],
    ["Infinity", null],
  ])("reads the start %s", (text, numbers) => expect(numbersOf(text)).toEqual(numbers));
});

describe.each([
  ["the text field", plainEditor],
  ["CodeMirror", createCodeMirror],
] as [string, CreateEditor][])("%s", (_, create) => {
  it("shows a text, takes another without telling, and has a name", () => {
    const host = document.createElement("div");
    document.body.append(host);
    const onEdit = vi.fn();
    const editor = create({ host, text: "a = 1\nb = 2", label: "Loss", onEdit, onRun: () => {} });
    expect(editor.text).toBe("a = 1\nb = 2");
    expect(host.querySelector("[aria-label=Loss]")).not.toBeNull();
    editor.replace("c = 3");
    expect(editor.text).toBe("c = 3");
    expect(onEdit).not.toHaveBeenCalled();
    editor.show({ line: 1, message: "no" });
    editor.show({ line: 99, message: "no such line" });
    editor.show(null);
    editor.destroy();
    host.remove();
  });
});

describe("<adamwd-own-code>", () => {
  let element: OwnCodePanel;
  const events: [string, unknown][] = [];

  beforeEach(async () => {
    if (!customElements.get("adamwd-own-code")) customElements.define("adamwd-own-code", OwnCodePanel);
    events.length = 0;
    element = document.createElement("adamwd-own-code") as OwnCodePanel;
    Object.assign(element, { messages: en, code: none, templates, optimizers, identities });
    for (const name of ["adamwd-code", "adamwd-code-run"])
      element.addEventListener(name, (event) => events.push([name, (event as CustomEvent).detail]));
    document.body.append(element);
    await element.updateComplete;
  });
  afterEach(() => element.remove());

  const press = async (selector: string) => {
    element.querySelector<HTMLButtonElement>(selector)?.click();
    await element.updateComplete;
  };

  it("begins with a template, tells of every edit, and runs nothing by itself", async () => {
    expect(element.querySelector<HTMLButtonElement>(".own-code-run")?.disabled).toBe(true);
    await press(".own-code-begin");
    const area = element.querySelector<HTMLTextAreaElement>("textarea");
    expect(area?.value).toBe(templates.loss);
    if (area) area.value = "def loss(w): return 1";
    area?.dispatchEvent(new Event("input"));
    expect(events.map(([name]) => name)).toEqual(["adamwd-code", "adamwd-code"]);
    expect(element.code).toMatchObject({ loss: "def loss(w): return 1", start: [0, 0] });
    await press(".own-code-run");
    expect(events.at(-1)?.[0]).toBe("adamwd-code-run");
  });

  it("runs by Ctrl+Enter in the editor", async () => {
    await press(".own-code-begin");
    const area = element.querySelector("textarea");
    area?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true }));
    expect(events.at(-1)?.[0]).toBe("adamwd-code-run");
  });

  it("shows a mistake with its line and traceback, in the piece that it is in", async () => {
    element.code = { ...none, rules: { left: null, right: "def update(): 1/0" } };
    element.error = { where: "rules.right", line: 7, message: "ZeroDivisionError", traceback: "File x" };
    await element.updateComplete;
    expect(element.querySelector("[aria-selected=true]")?.id).toBe("adamwd-own-code-right");
    const alert = element.querySelector("[role=alert]");
    expect(alert?.textContent).toMatch(/AdamWeightDecay, line 7: ZeroDivisionError/);
    expect(alert?.querySelector("pre")?.textContent?.trim()).toBe("File x");
  });

  it("says whether a rule still matches the framework", async () => {
    const differs = { matches: false, first_step: 3, largest: 1e6 };
    element.code = { ...none, rules: { left: "a", right: "b" } };
    element.verdicts = { left: { matches: true, first_step: null, largest: 1 }, right: differs };
    await element.updateComplete;
    const verdicts = [...element.querySelectorAll(".own-code-verdict")].map((p) => p.textContent ?? "");
    expect(verdicts[0]).toMatch(/Matches AdamW/);
    expect(verdicts[1]).toMatch(/no longer matches AdamWeightDecay: from step 3 on/);
    element.pending = true;
    await element.updateComplete;
    expect(element.querySelectorAll(".own-code-verdict")).toHaveLength(0);
  });

  it("shows code that came by a link and says that it waits", async () => {
    element.code = { ...none, rules: { left: "print(1)", right: null } };
    element.waiting = true;
    await element.updateComplete;
    expect(element.querySelector<HTMLTextAreaElement>("textarea")?.value).toBe("print(1)");
    expect(element.textContent).toContain(en.controls.waiting);
    expect(events).toEqual([]);
  });

  it("keeps the last good start while another is typed", async () => {
    await press(".own-code-begin");
    const input = element.querySelector<HTMLInputElement>("#adamwd-own-code-start");
    const type = (text: string) => {
      if (input) input.value = text;
      input?.dispatchEvent(new Event("input"));
    };
    type("2, ");
    expect(element.code.start).toEqual([2]);
    type("2, x");
    await element.updateComplete;
    expect(element.code.start).toEqual([2]);
    expect(input?.getAttribute("aria-invalid")).toBe("true");
    type("2, 3");
    expect(element.code.start).toEqual([2, 3]);
  });
});
