// Problems of the engine: squiggles, what they say on hover and by keyboard, and their fixes.
import { forEachDiagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics, linter, type Diagnostic } from "@codemirror/lint";
import { StateEffect, StateField, type ChangeDesc, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Command, type Tooltip } from "@codemirror/view";

import type { Fix, Problem } from "./api";
import { popover } from "./popover";

/** A problem as it is shown: where it is now, and what the page said. */
export interface Shown extends Diagnostic {
  problem: Problem;
}

export interface ProblemActions {
  otherFiles(fix: Fix): void;
  explain?: (code: string) => void;
}

const received = StateEffect.define<null>();
const pointed = StateEffect.define<number | null>();

/** What was typed since the problems came: their fixes speak of the text as it was then. */
const since = StateField.define<ChangeDesc | null>({
  create: () => null,
  update(changes, transaction) {
    if (transaction.effects.some((effect) => effect.is(received))) return null;
    if (!transaction.docChanged) return changes;
    return changes ? changes.composeDesc(transaction.changes.desc) : transaction.changes.desc;
  },
});

/** Shows these problems, all of the open file. */
export function problemEffects(state: EditorState, problems: readonly Problem[]) {
  const end = state.doc.length;
  const shown: Shown[] = problems.map((problem) => ({
    from: Math.min(problem.place.from, end),
    to: Math.min(Math.max(problem.place.to, problem.place.from), end),
    severity: problem.severity,
    message: problem.message,
    problem,
  }));
  const spec = setDiagnostics(state, shown.sort((a, b) => a.from - b.from || a.to - b.to));
  return [...(Array.isArray(spec.effects) ? spec.effects : [spec.effects]), received.of(null)] as StateEffect<unknown>[];
}

/** Start of each line that has an error or a warning, with the worse of the two. */
export function problemIcons(state: EditorState): Map<number, "error" | "warning"> {
  const icons = new Map<number, "error" | "warning">();
  forEachDiagnostic(state, ({ severity }, from) => {
    if (severity !== "error" && severity !== "warning") return;
    const line = state.doc.lineAt(from).from;
    if (icons.get(line) !== "error") icons.set(line, severity);
  });
  return icons;
}

function shownWhere(state: EditorState, wanted: (from: number, to: number) => boolean): Shown[] {
  const found: Shown[] = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (wanted(from, to)) found.push({ ...(diagnostic as Shown), from, to });
  });
  return found;
}

const around = (position: number) => (from: number, to: number) => from <= position && position <= to;

export function applyFix(view: EditorView, fix: Fix, path: string, actions: ProblemActions): void {
  if (fix.edits.some((edit) => edit.place.file !== path)) {
    actions.otherFiles(fix);
    return;
  }
  const changes = view.state.field(since);
  const now = (position: number, side: -1 | 1) => changes?.mapPos(position, side) ?? position;
  view.dispatch({
    changes: fix.edits.map(({ place, text }) => ({ from: now(place.from, 1), to: now(place.to, -1), insert: text })),
    effects: pointed.of(null),
    userEvent: "input.fix",
  });
  view.focus();
}

function tooltipAt(path: string, actions: ProblemActions, shown: Shown[], open: boolean): Tooltip | null {
  const first = shown[0];
  if (!first) return null;
  return {
    pos: first.from,
    end: Math.max(...shown.map(({ to }) => to)),
    above: false,
    create: (view) => ({
      dom: popover(shown.map(({ problem }) => problem), {
        apply: (fix) => applyFix(view, fix, path, actions),
        explain: actions.explain,
        open,
      }),
      offset: { x: 0, y: 4 },
    }),
  };
}

/** The problem that F8 went to stays explained until the cursor moves on. */
function pointedTooltip(path: string, actions: ProblemActions): Extension {
  const field = StateField.define<Tooltip | null>({
    create: () => null,
    update: (tooltip, transaction) => pointedAfter(tooltip, transaction, path, actions),
    provide: (self) => showTooltip.from(self),
  });
  const close: Command = (view) => {
    if (!view.state.field(field)) return false;
    view.dispatch({ effects: pointed.of(null) });
    return true;
  };
  return [field, keymap.of([{ key: "Escape", run: close }])];
}

function pointedAfter(tooltip: Tooltip | null, transaction: Transaction, path: string, actions: ProblemActions): Tooltip | null {
  for (const effect of transaction.effects) {
    if (!effect.is(pointed)) continue;
    const position = effect.value;
    return position === null ? null : tooltipAt(path, actions, shownWhere(transaction.state, around(position)), true);
  }
  return transaction.docChanged || transaction.selection ? null : tooltip;
}

function step(move: Command): Command {
  return (view) => {
    if (!move(view)) return false;
    const { from } = view.state.selection.main;
    const message = shownWhere(view.state, around(from)).map(({ problem }) => `${problem.severity}: ${problem.message}`);
    view.dispatch({ effects: [pointed.of(from), EditorView.announce.of(message.join(". "))], scrollIntoView: true });
    return true;
  };
}

/** Applies the best fix of the problem at the cursor, else of the first that has one in its line. */
function quickFix(path: string, actions: ProblemActions): Command {
  return (view) => {
    const { head } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    const here = shownWhere(view.state, around(head));
    const inLine = shownWhere(view.state, (from) => line.from <= from && from <= line.to);
    const fix = [...here, ...inLine].flatMap(({ problem }) => problem.fixes ?? [])[0];
    if (fix) applyFix(view, fix, path, actions);
    return fix !== undefined;
  };
}

export function problems(path: string, actions: ProblemActions): Extension {
  return [
    since,
    linter(null, { tooltipFilter: () => [] }),
    hoverTooltip((view, position) => tooltipAt(path, actions, shownWhere(view.state, around(position)), false), {
      hideOnChange: true,
      hoverTime: 200,
    }),
    pointedTooltip(path, actions),
    keymap.of([
      { key: "F8", run: step(nextDiagnostic), shift: step(previousDiagnostic), preventDefault: true },
      { key: "Mod-.", run: quickFix(path, actions), preventDefault: true },
    ]),
  ];
}
