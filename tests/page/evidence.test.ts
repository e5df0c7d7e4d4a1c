import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { en } from "../../site_src/evidence/en.js";
import { EvidenceList } from "../../site_src/evidence/list.js";
import { addMarks } from "../../site_src/evidence/mark.js";
import { languageOf, messagesFor } from "../../site_src/evidence/messages.js";
import { Panel } from "../../site_src/evidence/panel.js";
import { panelView, versionsLine } from "../../site_src/evidence/panel_view.js";
import { press } from "../../site_src/evidence/press.js";
import { type Evidence, type EvidenceRecord, find, recordAt } from "../../site_src/evidence/record.js";
import { zh } from "../../site_src/evidence/zh.js";

const ROOT = new URL("http://site.test/below/");
const record: EvidenceRecord = {
  environment: { torch: "2.13.0", mindspore: "2.10.0", device: "CPU", date: "2026-11-22" },
  claims: {
    "decay.names": {
      statement: { zh: "过滤 `gamma`。", en: "Filters `gamma`." },
      verdict: "holds",
      source: "adamwd/claims/decay.py",
    },
    "decay.names-too": { statement: { zh: "二", en: "two" }, verdict: "holds", source: "b.py" },
  },
  facts: [
    {
      id: "ratio",
      value: 3.162299035,
      text: "3.162",
      how: { zh: "第 1 步", en: "step 1" },
      source: ["docs/data/traces/a/b.torch.json", "adamwd/compare.py"],
      versions: { torch: "2.13.0" },
    },
    { id: "decay.names/left", value: 0.5, text: "0.5", measurement: "what is left", expected: "0.5" },
    { id: "decay.names/is-so", value: true, text: "", measurement: "is so", expected: "True" },
    { id: "decay.names-too/other", value: 7, text: "7", measurement: "other", expected: "7" },
  ],
};

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("the strings", () => {
  it("are in both languages, each in its own", () => {
    const flat = (value: object): string[] =>
      Object.values(value).flatMap((item: unknown) =>
        typeof item === "string" ? [item] : typeof item === "object" ? flat(item as object) : [],
      );
    expect(flat(en).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    expect(flat(zh).filter((text) => !/[\p{Script=Han}：]/u.test(text))).toEqual([]);
    expect(Object.keys(en.verdicts)).toEqual(Object.keys(zh.verdicts));
  });

  it.each([
    ["zh", zh],
    ["zh-CN", zh],
    ["en-GB", en],
    ["", zh],
  ])("for %s", (lang, messages) => expect(messagesFor(languageOf(lang))).toBe(messages));
});

describe("the record", () => {
  it("has a fact from traces", () => {
    expect(find(record, { fact: "ratio" })).toMatchObject({ kind: "trace", fact: { text: "3.162" } });
  });

  it("has a claim with the measurement that a fact names", () => {
    const found = find(record, { fact: "decay.names/left" }) as Extract<Evidence, { kind: "claim" }>;
    expect(found.facts.map(({ id }) => id)).toEqual(["decay.names/left"]);
  });

  it("has a claim with its own measurements", () => {
    const found = find(record, { claim: "decay.names" }) as Extract<Evidence, { kind: "claim" }>;
    expect(found.facts.map(({ id }) => id)).toEqual(["decay.names/left", "decay.names/is-so"]);
  });

  it.each([{ fact: "no" }, { fact: "decay.names/no" }, { claim: "no.no" }, {}])(
    "has nothing for %o",
    (reference) => expect(find(record, reference)).toBeNull(),
  );

  it("is read once, and again after a failure", async () => {
    const answers = [new Response("", { status: 503 }), new Response(JSON.stringify(record))];
    const fetching = vi.fn(() => Promise.resolve(answers.shift()));
    vi.stubGlobal("fetch", fetching);
    const read = recordAt(new URL("data/facts.json", ROOT));
    expect(fetching).not.toHaveBeenCalled();
    await expect(read()).rejects.toThrow("/below/data/facts.json: HTTP 503");
    expect(await read()).toEqual(await read());
    expect(fetching).toHaveBeenCalledTimes(2);
  });
});

describe("what the panel shows", () => {
  const view = (reference: object, language: "zh" | "en") =>
    panelView(
      find(record, reference) as Evidence,
      { root: ROOT, language },
      messagesFor(language),
    ) as HTMLElement;

  it("of a claim", () => {
    const shown = view({ fact: "decay.names/left" }, "en");
    for (const text of ["Filters gamma.", "what is left", "0.5", "holds", "adamwd/claims/decay.py"]) {
      expect(shown.textContent).toContain(text);
    }
    expect(shown.textContent).toContain("PyTorch 2.13.0, MindSpore 2.10.0, device CPU, measured 2026-11-22");
    expect(shown.querySelector("a")?.href).toBe("http://site.test/below/en/evidence/#decay.names");
    expect(shown.querySelector("dd code")?.textContent).toBe("gamma");
  });

  it("of a claim in Chinese, with truth values", () => {
    const shown = view({ claim: "decay.names" }, "zh");
    expect(shown.textContent).toContain("过滤 gamma。");
    expect(shown.textContent).toContain("is so：true");
    expect(shown.querySelector("a")?.href).toBe("http://site.test/below/evidence/#decay.names");
  });

  it("of a fact from traces", () => {
    const shown = view({ fact: "ratio" }, "zh");
    expect(shown.textContent).toContain("3.1623");
    expect(shown.textContent).toContain("第 1 步");
    expect([...shown.querySelectorAll("li")].map((item) => item.textContent)).toEqual([
      "docs/data/traces/a/b.torch.json",
      "adamwd/compare.py",
    ]);
    expect([...shown.querySelectorAll("a")].map((link) => link.href)).toEqual([
      "http://site.test/below/data/traces/a/b.torch.json",
    ]);
  });

  it("of versions, as they are known", () =>
    expect(versionsLine({ mindspore: "1", numpy: "2" }, zh)).toBe("MindSpore 1"));
});

describe("the marks", () => {
  const presses = { open: vi.fn(), close: vi.fn() };
  const mark = (html: string) => {
    document.body.innerHTML = html;
    addMarks(document.body, en, presses);
    return [...document.querySelectorAll<HTMLElement>(".evidence-mark")];
  };
  beforeEach(() => vi.clearAllMocks());

  it("come once after each tag, with a name", () => {
    const [fact, claim] = mark(
      `<p><span data-fact="ratio">3.162</span> <span data-claim="decay.names">some <b>words</b></span></p>`,
    );
    addMarks(document.body, en, presses);
    expect(document.querySelectorAll(".evidence-mark")).toHaveLength(2);
    expect(fact?.getAttribute("aria-label")).toBe("Evidence for 3.162");
    expect(claim?.getAttribute("aria-label")).toBe("Evidence for some words");
    claim?.click();
    expect(presses.open).toHaveBeenCalledWith(claim, { fact: undefined, claim: "decay.names" }, "some words");
  });

  it("stand after a link, not in it, and not in other controls", () => {
    const marks = mark(
      `<a href="#"><span data-fact="ratio">3.162</span></a>
       <details><summary><span data-fact="ratio">3.162</span></summary></details>`,
    );
    expect(marks).toHaveLength(1);
    expect(marks[0]?.closest("a")).toBeNull();
    expect(marks[0]?.parentElement?.previousElementSibling?.tagName).toBe("A");
  });

  it.each([
    ["3.162", "3.162"],
    ["two words", "words"],
    ["未修正的值", "值"],
    ["值（a）", "（a）"],
    ["<code>lr</code>", "lr"],
    ["so <b>many long words</b>", "words"],
    ["<code>many long words</code>", undefined],
    ["x".repeat(30), "x".repeat(24)],
  ])("keep the end of %s on their line", (words, end) => {
    const [one] = mark(`<span data-claim="a.b">${words}</span>`);
    expect(one?.closest(".evidence-end")?.textContent).toBe(end);
    expect(one?.closest("[data-claim]")?.innerHTML.replace(/<[^>]+>/g, "")).toBe(
      words.replace(/<[^>]+>/g, ""),
    );
  });

  it("have short names", () => {
    const [one] = mark(`<span data-claim="a.b">${"word ".repeat(50)}</span>`);
    expect(one?.getAttribute("aria-label")?.length).toBeLessThan(80);
  });

  it("close what they opened, though the browser closed it when the press began", () => {
    const [one] = mark(`<span data-fact="ratio">3</span>`) as [HTMLElement];
    one.setAttribute("aria-expanded", "true");
    one.dispatchEvent(new Event("pointerdown"));
    one.setAttribute("aria-expanded", "false");
    one.click();
    expect(presses.open).not.toHaveBeenCalled();
    expect(presses.close).toHaveBeenCalledTimes(1);
    one.click();
    expect(presses.open).toHaveBeenCalledTimes(1);
  });
});

describe("a press", () => {
  function opened(read: () => Promise<EvidenceRecord>, reference = { fact: "ratio" }) {
    const panel = new Panel();
    panel.element.showPopover = vi.fn();
    panel.element.hidePopover = vi.fn();
    document.body.innerHTML = "<button>mark</button>";
    const mark = document.querySelector("button") as HTMLButtonElement;
    return { panel, mark, done: press({ root: ROOT, read }, panel, "en", mark, reference, "3.162") };
  }

  it("shows at once that it reads, then the evidence", async () => {
    const { panel, mark, done } = opened(async () => record);
    expect(panel.element.textContent).toContain(en.loading);
    expect(panel.element.contains(document.activeElement)).toBe(true);
    expect(mark.getAttribute("aria-expanded")).toBe("true");
    await done;
    expect(panel.element.textContent).toContain("step 1");
    expect(panel.element.getAttribute("aria-labelledby")).toBe("evidence-title");
    panel.hide();
    expect(mark.getAttribute("aria-expanded")).toBe("false");
  });

  it.each([
    [() => Promise.reject(new Error("gone")), { fact: "ratio" }, en.failed],
    [async () => record, { fact: "no" }, en.unknown],
  ])("says what is wrong", async (read, reference, sentence) => {
    const { panel, done } = opened(read, reference);
    await done;
    expect(panel.element.querySelector("[role=alert]")?.textContent).toBe(sentence);
  });

  it("does not fill the panel of another mark", async () => {
    const { panel, done } = opened(async () => record);
    panel.hide();
    await done;
    expect(panel.element.textContent).not.toContain("step 1");
  });
});

describe("<adamwd-evidence>", () => {
  const claim = (id: string, verdict: string) =>
    `<tbody id="${id}" data-verdict="${verdict}"><tr><th>${id} says</th></tr></tbody>`;
  beforeEach(async () => {
    if (!customElements.get("adamwd-evidence")) customElements.define("adamwd-evidence", EvidenceList);
    document.documentElement.lang = "en";
    document.body.innerHTML = `<adamwd-evidence>
      <table data-category="decay"><caption><span>Decay</span></caption>
        ${claim("decay.names", "holds")}${claim("decay.other", "skipped")}</table>
      <table data-category="state"><caption><span>State</span></caption>${claim("state.names", "holds")}</table>
    </adamwd-evidence>`;
    await Promise.resolve();
  });
  const shown = () =>
    [...document.querySelectorAll<HTMLElement>("tbody")].filter((one) => !one.hidden).map(({ id }) => id);
  const set = (name: string, value: string) => {
    const field = document.querySelector(`[name="${name}"]`) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const status = () => document.querySelector("[role=status]")?.textContent;

  it("shows everything, and offers what there is", () => {
    expect(shown()).toEqual(["decay.names", "decay.other", "state.names"]);
    expect(status()).toBe("3 of 3 claims shown.");
    const options = [...document.querySelectorAll("option")].map((option) => option.textContent);
    expect(options).toEqual(["all", "Decay", "State", "all", "holds", "skipped"]);
  });

  it("filters by category, verdict and words", () => {
    set("category", "decay");
    expect(shown()).toEqual(["decay.names", "decay.other"]);
    expect(document.querySelector<HTMLElement>("[data-category=state]")?.hidden).toBe(true);
    set("verdict", "skipped");
    expect(shown()).toEqual(["decay.other"]);
    set("verdict", "");
    set("category", "");
    set("text", "SAYS names");
    expect(shown()).toEqual(["decay.names", "state.names"]);
    set("text", "nothing like it");
    expect(status()).toBe(en.list.none);
  });

  it("shows all again when it is reset, and for a link to a hidden claim", async () => {
    set("text", "other");
    document.querySelector("form")?.reset();
    await vi.waitFor(() => expect(shown()).toHaveLength(3));
    set("text", "other");
    location.hash = "#state.names";
    window.dispatchEvent(new Event("hashchange"));
    expect(shown()).toHaveLength(3);
  });

  it("has one filter after it was moved", () => {
    const list = document.querySelector("adamwd-evidence") as HTMLElement;
    document.body.append(list);
    expect(document.querySelectorAll("form")).toHaveLength(1);
  });
});
