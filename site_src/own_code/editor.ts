// An editor as the panel uses it: CodeMirror where that loads, else a plain text field.

/** A mistake to be shown at its line. */
export interface Mistake {
  /** Counted from 1; null where no line is at fault. */
  line: number | null;
  message: string;
}

export interface Editor {
  readonly text: string;
  /** Takes another text, without telling that it was edited. */
  replace(text: string): void;
  show(mistake: Mistake | null): void;
  focus(): void;
  destroy(): void;
}

export interface EditorOptions {
  host: HTMLElement;
  text: string;
  /** What it is called to those who do not see it. */
  label: string;
  onEdit: (text: string) => void;
  /** Ctrl+Enter or Cmd+Enter. */
  onRun: () => void;
}

export type CreateEditor = (options: EditorOptions) => Editor;

/** A text field: what stands there until the editor has come, and where it does not. */
export const plainEditor: CreateEditor = ({ host, text, label, onEdit, onRun }) => {
  const area = document.createElement("textarea");
  area.className = "own-code-plain";
  area.setAttribute("aria-label", label);
  area.spellcheck = false;
  area.rows = 14;
  area.value = text;
  area.addEventListener("input", () => onEdit(area.value));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  });
  host.replaceChildren(area);
  return {
    get text() {
      return area.value;
    },
    replace(next) {
      if (next !== area.value) area.value = next;
    },
    show(mistake) {
      area.setAttribute("aria-invalid", String(mistake !== null));
    },
    focus: () => area.focus(),
    destroy: () => area.remove(),
  };
};
