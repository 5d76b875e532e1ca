// The editor of the page: one view, one state per file, with its own undo history and place.
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, redoDepth, undoDepth } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, Prec, type Extension, type StateEffect } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from "@codemirror/view";

import type { Change, ChangedLine, ClauseMark, CoveredLine, Deciding, Handlers, Mapped, Missed, Problem } from "./api";
import { bridge } from "./bridge";
import { coverage, setCoverage } from "./coverage";
import { difference } from "./difference";
import { folding } from "./folding";
import { highlighting } from "./highlight";
import { language } from "./language";
import { changeGutter, markGutter, setLineMarks } from "./lines";
import { problems, setProblems } from "./problems";
import { theme } from "./theme";

/** Changes and selections that the page made itself are not told to it. */
const byPage = Annotation.define<boolean>();

/** After this time a question is given up. */
const PATIENCE_MS = 3000;

/** A file that was open before. */
interface Kept {
  state: EditorState;
  scroll: StateEffect<unknown>;
}

export class Editor {
  readonly #view: EditorView;
  readonly #kept = new Map<string, Kept>();
  readonly #handlers: Handlers;
  /** How long a file's history was when the page changed it last: that step may reach into other files. */
  readonly #pageSteps = new Map<string, number>();
  /** Texts of the open file that the page was told and has not shown yet. */
  #told: string[] = [];
  #path = "";
  #line = 1;
  /** Questions to the engine that have no answer yet. */
  readonly #questions = new Map<number, (answer: unknown) => void>();
  #asked = 0;
  #problems: readonly Problem[] = [];
  #clauses: readonly ClauseMark[] = [];
  #changed: readonly ChangedLine[] = [];
  #deciding: Deciding | null = null;
  #missed: Missed | null = null;
  #mapped: Mapped | null = null;
  #coverage: readonly CoveredLine[] = [];
  /** What was set and is not shown yet. */
  readonly #unshown = new Set<"problems" | "marks">();

  constructor(host: HTMLElement, handlers: Handlers) {
    this.#handlers = handlers;
    // In a shadow root the editor's rules go into an adopted style sheet, which needs no inline styles.
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const parent = root.appendChild(document.createElement("div"));
    parent.style.height = "100%";
    this.#view = new EditorView({ state: this.#state("", ""), parent, root });
  }

  /** Shows a file as it was left; if its text became another one since, that is one step to undo. */
  setDocument(path: string, text: string): void {
    if (path === this.#path) {
      this.setText(text);
      return;
    }
    if (this.#path) this.#kept.set(this.#path, { state: this.#view.state, scroll: this.#view.scrollSnapshot() });
    const kept = this.#kept.get(path);
    this.#path = path;
    this.#told = [];
    this.#show(kept?.state ?? this.#state(path, text));
    if (kept) this.#view.dispatch({ effects: kept.scroll });
    this.#line = this.#cursorLine();
    this.setText(text);
    this.#refresh();
  }

  /** Replaces what differs in the open file, as one step to undo. The page's echo of what was typed here is
   * left alone: a slow page must not take back what was typed since. */
  setText(text: string): void {
    if (this.#isEcho(text)) return;
    this.#told = [];
    const changes = difference(this.#view.state.doc.toString(), text);
    if (!changes) return;
    this.#view.dispatch({ changes, annotations: [byPage.of(true), isolateHistory.of("full")] });
    this.#showSoon("marks");
    this.#pageSteps.set(this.#path, undoDepth(this.#view.state));
  }

  /** Forgets the history of a file that is gone, or of all of them. */
  forget(path?: string): void {
    if (path === undefined) {
      this.#kept.clear();
      this.#pageSteps.clear();
    } else {
      this.#kept.delete(path);
      this.#pageSteps.delete(path);
    }
    if (path === undefined || path === this.#path) {
      this.#path = "";
      this.#told = [];
      this.#show(this.#state("", ""));
    }
  }

  /** Problems of all files. */
  setDiagnostics(problems: readonly Problem[]): void {
    if (problems.length === 0 && this.#problems.length === 0) return;
    this.#problems = problems;
    this.#showSoon("problems");
  }

  /** How the clauses of the chosen flow's walk came out, in all files. */
  setGutterMarks(clauses: readonly ClauseMark[]): void {
    this.#clauses = clauses;
    this.#showSoon("marks");
  }

  /** The lines that decided the chosen flow. */
  setDecidingLines(deciding: Deciding | null | undefined): void {
    this.#deciding = deciding ?? null;
    this.#showSoon("marks");
  }

  /** The stretch that came nearest to deciding otherwise. */
  setMissed(missed: Missed | null | undefined): void {
    this.#missed = missed ?? null;
    this.#showSoon("marks");
  }

  /** The lines of a template that made what is pointed at. */
  setMappedLines(mapped: Mapped | null | undefined): void {
    this.#mapped = mapped ?? null;
    this.#showSoon("marks");
  }

  /** Lines that differ from the baseline, in all files. */
  setChangedLines(changed: readonly ChangedLine[]): void {
    if (JSON.stringify(changed) === JSON.stringify(this.#changed)) return;
    this.#changed = changed;
    this.#showSoon("marks");
  }

  /** How often the lines of the open policy held. */
  setCoverage(lines: readonly CoveredLine[]): void {
    this.#coverage = lines;
    this.#view.dispatch({ effects: setCoverage.of(lines) });
  }

  /** Asks for the value of what is selected, else of the line of the cursor. */
  evaluate(): boolean {
    const { state } = this.#view;
    const { main } = state.selection;
    const { from, to } = main.empty ? state.doc.lineAt(main.head) : main;
    const path = this.#path;
    later(() => this.#handlers.evaluate?.(path, from, to));
    return true;
  }

  /** Brings a line into view and puts the cursor there. */
  revealLine(line: number): void {
    const { doc } = this.#view.state;
    const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    this.#view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
      annotations: byPage.of(true),
    });
    this.#line = line;
  }

  /** Selects a stretch of the open file and brings it into view. */
  select(from: number, to: number): void {
    const end = this.#view.state.doc.length;
    this.#view.dispatch({
      selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
      scrollIntoView: true,
      annotations: byPage.of(true),
    });
    this.#line = this.#cursorLine();
  }

  /** The answer to a question, by its number. */
  answer(number: number, answer: unknown): void {
    this.#questions.get(number)?.(answer);
    this.#questions.delete(number);
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    const parent = this.#view.dom.parentElement;
    this.#view.destroy();
    parent?.remove();
  }

  /** Asks the page. The engine may be gone, so nothing waits for ever. */
  #ask<T>(what: "complete" | "hover", path: string, at: number): Promise<T | null> {
    const { ask } = this.#handlers;
    if (!ask) return Promise.resolve(null);
    const number = ++this.#asked;
    return new Promise((resolve) => {
      this.#questions.set(number, (answer) => resolve((answer ?? null) as T | null));
      setTimeout(() => this.answer(number, null), PATIENCE_MS);
      later(() => ask(number, what, path, at));
    });
  }

  /** A tooltip may still wait to be measured, at a place of the old document; asking for coordinates measures it first. */
  #show(state: EditorState): void {
    this.#view.coordsAtPos(0);
    this.#view.setState(state);
  }

  #isEcho(text: string): boolean {
    const at = this.#told.lastIndexOf(text);
    this.#told.splice(0, at + 1);
    return at >= 0;
  }

  #state(path: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.#extensions(path) });
  }

  #extensions(path: string): Extension {
    const { fix, explain } = this.#handlers;
    const name = path ? `Text of ${path}` : "Text";
    return [
      EditorView.contentAttributes.of({
        "aria-label": name,
        "aria-description": "Tab indents. Escape, then Tab, leaves the text.",
        autocapitalize: "off",
        spellcheck: "false",
        tabindex: "0",
        translate: "no",
      }),
      EditorState.allowMultipleSelections.of(true),
      EditorState.tabSize.of(2),
      indentUnit.of("  "),
      problems(path, { otherFiles: (chosen) => fix?.(chosen), explain: explain && ((code) => explain(code)) }),
      language({
        complete: (at) => this.#ask("complete", path, at),
        explain: (at) => this.#ask("hover", path, at),
        want: (what, at) => later(() => this.#handlers.want?.(what, path, at)),
      }),
      markGutter(),
      lineNumbers(),
      coverage(path),
      folding(path),
      bridge,
      changeGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      search({ top: true }),
      highlighting(path),
      theme,
      this.#pageHistory(path),
      path.endsWith(".rego") ? keymap.of([{ key: "Mod-Enter", run: () => this.evaluate() }]) : [],
      keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap, ...searchKeymap]),
      EditorView.domEventHandlers({ drop: (event) => isFiles(event), paste: (event) => isFiles(event) }),
      EditorView.updateListener.of((update) => this.#updated(update)),
    ];
  }

  /** A step that the page made is taken back by the page, in all files at once. */
  #pageHistory(path: string): Extension {
    const { want } = this.#handlers;
    if (!want) return [];
    const undo = (view: EditorView) => {
      const depth = undoDepth(view.state);
      const isPages = depth > 0 && depth === this.#pageSteps.get(path);
      if (isPages) later(() => want("undo", path, 0));
      return isPages;
    };
    const redo = (view: EditorView) => {
      const isPages = redoDepth(view.state) === 0 && this.#pageSteps.has(path);
      if (isPages) later(() => want("redo", path, 0));
      return isPages;
    };
    return Prec.high(
      keymap.of([
        { key: "Mod-z", run: undo, preventDefault: true },
        { key: "Mod-y", mac: "Mod-Shift-z", run: redo, preventDefault: true },
        { linux: "Ctrl-Shift-z", run: redo, preventDefault: true },
      ]),
    );
  }

  #updated(update: ViewUpdate): void {
    const own = update.transactions.some((transaction) => transaction.annotation(byPage));
    if (own) return;
    const path = this.#path;
    if (update.docChanged) {
      if (!isWithinLines(update)) this.#showSoon("marks");
      const text = update.state.doc.toString();
      const changes = changesOf(update);
      this.#told.push(text);
      later(() => this.#handlers.changed(path, text, changes));
    }
    const line = this.#cursorLine(update.state);
    if (update.selectionSet && line !== this.#line) later(() => this.#handlers.line(path, line));
    this.#line = line;
  }

  #cursorLine(state = this.#view.state): number {
    return state.doc.lineAt(state.selection.main.head).number;
  }

  /** What the page sets in one go is shown in one step: each step updates the whole view. */
  #showSoon(what: "problems" | "marks"): void {
    if (this.#unshown.size === 0) later(() => this.#showUnshown());
    this.#unshown.add(what);
  }

  #showUnshown(): void {
    const effects = [
      ...(this.#unshown.has("problems") ? [this.#problemEffect()] : []),
      ...(this.#unshown.has("marks") ? [this.#markEffect()] : []),
    ];
    this.#unshown.clear();
    this.#view.dispatch({ effects });
  }

  #refresh(): void {
    this.#view.dispatch({ effects: [this.#problemEffect(), this.#markEffect(), setCoverage.of(this.#coverage)] });
  }

  #problemEffect(): StateEffect<unknown> {
    return setProblems.of(this.#problems.filter(({ place }) => place.file === this.#path));
  }

  #markEffect(): StateEffect<unknown> {
    const here = <T extends { file: string }>(all: readonly T[]) => all.filter(({ file }) => file === this.#path);
    const deciding = this.#deciding?.file === this.#path ? this.#deciding : null;
    const missed = this.#missed?.file === this.#path ? this.#missed : null;
    const mapped = this.#mapped?.file === this.#path ? this.#mapped : null;
    return setLineMarks.of({ clauses: here(this.#clauses), deciding, missed, mapped, changed: here(this.#changed) });
  }
}

/** Files are imported by the page, not inserted as text. */
function isFiles(event: DragEvent | ClipboardEvent): boolean {
  const data = event instanceof DragEvent ? event.dataTransfer : event.clipboardData;
  return (data?.files.length ?? 0) > 0;
}

/** The page may call back, which the view does not take during an update. */
function later(call: () => void): void {
  queueMicrotask(call);
}

/** Such a change leaves every mark at its line. */
function isWithinLines(update: ViewUpdate): boolean {
  const lineOf = (at: number) => update.startState.doc.lineAt(at).number;
  let within = true;
  update.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    within &&= inserted.lines === 1 && lineOf(from) === lineOf(to);
  });
  return within;
}

function changesOf(update: ViewUpdate): Change[] {
  const changes: Change[] = [];
  update.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    changes.push({ from, to, insert: inserted.toString() });
  });
  return changes;
}

declare global {
  var tierwalkEditor: { create(host: HTMLElement, handlers: Handlers): Editor } | undefined;
}

globalThis.tierwalkEditor = { create: (host, handlers) => new Editor(host, handlers) };
