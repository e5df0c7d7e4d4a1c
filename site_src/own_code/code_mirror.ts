// The editor: CodeMirror with Python, in the colours of the page. Loaded when the reader writes code.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { CreateEditor } from "./editor.js";

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.comment, color: "var(--md-code-hl-comment-color, var(--page-muted))", fontStyle: "italic" },
  { tag: tags.string, color: "var(--md-code-hl-string-color, inherit)" },
  { tag: tags.number, color: "var(--md-code-hl-number-color, inherit)" },
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--md-code-hl-keyword-color, inherit)" },
  {
    tag: [tags.function(tags.definition(tags.variableName))],
    color: "var(--md-code-hl-function-color, inherit)",
  },
]);

const LOOK = EditorView.theme({
  "&": { fontSize: "0.86em", border: "1px solid var(--page-muted)", borderRadius: "4px" },
  "&.cm-focused": { outline: "3px solid var(--adamw-color)", outlineOffset: "2px" },
  ".cm-scroller": {
    fontFamily: "var(--md-code-font-family, ui-monospace), ui-monospace, monospace",
    minHeight: "14em",
    maxHeight: "34em",
    overflow: "auto",
  },
  ".cm-content": { caretColor: "var(--page-ink, currentcolor)" },
  ".cm-cursor": { borderLeftColor: "var(--page-ink, currentcolor)" },
  ".cm-gutters": {
    backgroundColor: "var(--page-surface, transparent)",
    color: "var(--page-muted, inherit)",
    border: "none",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--adamw-color) 28%, transparent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--page-paper, Canvas)",
    color: "var(--page-ink, CanvasText)",
    border: "1px solid var(--page-muted, currentcolor)",
  },
});

/** Text that was put in rather than typed. */
const PUT_IN = Annotation.define<boolean>();

/** Creates the editor in its host. Tab stays what moves the focus; four spaces indent after a colon. */
export const createCodeMirror: CreateEditor = ({ host, text, label, onEdit, onRun }) => {
  const run = () => {
    onRun();
    return true;
  };
  const edited = EditorView.updateListener.of((update) => {
    const typed = !update.transactions.some((transaction) => transaction.annotation(PUT_IN));
    if (update.docChanged && typed) onEdit(update.state.doc.toString());
  });
  host.replaceChildren();
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of("    "),
        python(),
        syntaxHighlighting(HIGHLIGHT),
        LOOK,
        keymap.of([{ key: "Mod-Enter", run }, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        edited,
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    replace(next) {
      const { doc } = view.state;
      if (next === doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: doc.length, insert: next },
        annotations: PUT_IN.of(true),
      });
    },
    show(mistake) {
      const { state } = view;
      const at = mistake?.line ?? null;
      if (!mistake || at === null || at < 1 || at > state.doc.lines) {
        view.dispatch(setDiagnostics(state, []));
        return;
      }
      const { from, to } = state.doc.line(at);
      view.dispatch(setDiagnostics(state, [{ from, to, severity: "error", message: mistake.message }]));
      view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "nearest" }) });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
};
