import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import {
  type Diagnostic,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from "@codemirror/lint";
import { EditorSelection, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completionsAt } from "./completions.ts";
import { indentAfter } from "./indent.ts";

/** The editor itself, as the screen around it deals with it. Loaded only where somebody edits. */
export interface CodeEditor {
  /** Puts another text in its place, which can be undone. Does nothing where it is the same. */
  setText: (text: string) => void;
  setMarks: (marks: readonly Mark[]) => void;
  select: (from: number, to: number) => void;
  focus: () => void;
  selection: () => { from: number; to: number };
  destroy: () => void;
}

export interface Mark {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
}

export interface CodeEditorOptions {
  parent: HTMLElement;
  text: string;
  selection: { from: number; to: number };
  label: string;
  /** The id of the element that says how to leave. */
  describedBy: string;
  words: {
    /** Of a field without which nothing is valid, and of a value that is there without being written. */
    required: string;
    usual: string;
    completions: string;
  };
  onChange: (text: string) => void;
  /** For Ctrl+Enter, which opens a line where nothing is to be sent. */
  onSubmit: ((text: string) => void) | undefined;
  /** Hears whether Tab leaves by now, which it does after Escape. */
  onTabLeaves: (leaves: boolean) => void;
}

/** Puts an editor for manifests into an element. */
export function createCodeEditor(options: CodeEditorOptions): CodeEditor {
  const { parent, text, selection, words, onChange, onSubmit } = options;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      selection: { anchor: selection.from, head: selection.to },
      extensions: [
        lineNumbers(),
        history(),
        yaml(),
        indentUnit.of("  "),
        syntaxHighlighting(COLOURS),
        LOOKS,
        lintGutter(),
        autocompletion({
          icons: false,
          override: [completionSource(words)],
        }),
        tabRule(options.onTabLeaves),
        Prec.high(
          keymap.of([
            ...(onSubmit ? [{ key: "Mod-Enter", run: submission(onSubmit) }] : []),
            { key: "Tab", run: acceptCompletion },
            { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
          ]),
        ),
        keymap.of([{ key: "Enter", run: breakLine }, indentWithTab, ...historyKeymap, ...defaultKeymap]),
        EditorState.phrases.of({ Completions: words.completions }),
        EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? ""),
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          "aria-describedby": options.describedBy,
          autocapitalize: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText: (next) => {
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    setMarks: (marks) => {
      const { length } = view.state.doc;
      // Found a moment ago: what was deleted since has no place any more.
      const still = marks.filter(({ to }) => to <= length).map((mark): Diagnostic => ({ ...mark }));
      view.dispatch(setDiagnostics(view.state, still));
    },
    select: (from, to) => {
      const { length } = view.state.doc;
      const range = { anchor: Math.min(from, length), head: Math.min(to, length) };
      view.dispatch({ selection: range, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    selection: () => view.state.selection.main,
    destroy: () => view.destroy(),
  };
}

const submission =
  (onSubmit: (text: string) => void) =>
  ({ state }: EditorView): boolean => {
    onSubmit(state.doc.toString());
    return true;
  };

/** Begins a line; the library's rule for YAML indents nothing below a field that has no value yet. */
function breakLine({ state, dispatch }: EditorView): boolean {
  const broken = state.changeByRange(({ from, to }) => {
    const line = state.doc.lineAt(from);
    const indent = indentAfter(line.text.slice(0, from - line.from));
    return {
      changes: { from, to, insert: `${state.lineBreak}${" ".repeat(indent)}` },
      range: EditorSelection.cursor(from + state.lineBreak.length + indent),
    };
  });
  dispatch(state.update(broken, { scrollIntoView: true, userEvent: "input" }));
  return true;
}

/**
 * Tab indents, as everywhere where code is written; after Escape it leaves, until something else is pressed. The library's own rule
 * would give two seconds for it, which is too short for some.
 */
function tabRule(onTabLeaves: (leaves: boolean) => void) {
  const set = (view: EditorView, leaves: boolean) => {
    view.setTabFocusMode(leaves);
    onTabLeaves(leaves);
  };
  return [
    keymap.of([
      {
        key: "Escape",
        run: (view) => {
          set(view, true);
          return true;
        },
      },
    ]),
    EditorView.domEventHandlers({
      keydown: ({ key }, view) => {
        if (!["Tab", "Escape", "Shift"].includes(key)) set(view, false);
      },
      blur: (_, view) => set(view, false),
    }),
  ];
}

const completionSource =
  (words: CodeEditorOptions["words"]) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completionsAt(state.doc.toString(), pos);
    // On an empty place nothing opens by itself: Enter and Tab are to do there what they do anywhere.
    if (!found || (found.from === pos && !explicit)) return null;
    const isLabel = (word: string) => found.options.some(({ label }) => label === word);
    // Nor where nothing is left to complete: Enter is to break the line.
    if (!explicit && isLabel(state.sliceDoc(found.from, pos))) return null;
    return {
      from: found.from,
      options: found.options.map(({ label, insert, required, usual }, index) => ({
        label,
        apply: insert,
        detail: required ? words.required : usual ? words.usual : undefined,
        // In the order of the schema, what is required first.
        boost: (required ? 50 : 0) - Math.min(index, 49),
      })),
      validFor: (word) => /^[\w./-]*$/.test(word) && !isLabel(word),
    };
  };

const COLOURS = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--pod-ink)" },
  { tag: tags.lineComment, color: "var(--ink-muted)" },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: "var(--ink-muted)" },
  // Between documents.
  { tag: tags.meta, color: "var(--ink-muted)", fontWeight: "600" },
  { tag: [tags.labelName, tags.typeName], color: "var(--vm-ink)" },
]);

const LOOKS = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line-strong)",
    borderRadius: "0.5rem",
    fontSize: "0.9375rem",
  },
  "&.cm-focused": { outline: "2.5px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    lineHeight: "1.6",
    maxHeight: "min(70vh, 36rem)",
    overflow: "auto",
    borderRadius: "inherit",
  },
  ".cm-content, .cm-gutter": { minHeight: "16rem" },
  // The page sets Japanese wider, whatever is in it; here, all lines are alike.
  ".cm-scroller *": { lineHeight: "inherit" },
  ".cm-content": { caretColor: "var(--ink)", outline: "none", padding: "0.5rem 0" },
  ".cm-gutters": {
    color: "var(--ink-muted)",
    backgroundColor: "var(--sunken)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "1.75rem", padding: "0 0.35rem" },
  ".cm-gutter-lint": { width: "1.1rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  // A sign in the page's own type and colours, in place of the library's pictures.
  ".cm-lint-marker": {
    content: "normal",
    width: "100%",
    height: "auto",
    textAlign: "center",
    fontWeight: "700",
  },
  ".cm-lint-marker-error::before": { content: '"✕"', color: "var(--wrong)" },
  ".cm-lint-marker-warning::before": { content: '"!"', color: "var(--warn)" },
  ".cm-lintRange-error, .cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "0.2em",
  },
  ".cm-lintRange-error": { textDecorationColor: "var(--wrong)", backgroundColor: "var(--wrong-soft)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warn)", backgroundColor: "var(--warn-soft)" },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line-strong)",
    borderRadius: "0.5rem",
    boxShadow: "var(--shadow)",
    overflow: "hidden",
  },
  ".cm-diagnostic": { padding: "0.35rem 0.75rem", maxWidth: "26rem", fontFamily: "var(--font-sans)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--wrong)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", maxHeight: "15rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.3rem 0.75rem", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--on-pod)",
    backgroundColor: "var(--pod)",
  },
  ".cm-completionDetail": { fontFamily: "var(--font-sans)", fontStyle: "normal", opacity: "0.85" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
});
