// Problems of the engine: squiggles, what they say on hover and by keyboard, and their fixes.
import { StateEffect, StateField, type ChangeDesc, type EditorState, type Extension, type Range, type Transaction } from "@codemirror/state";
import { Decoration, EditorView, hoverTooltip, keymap, showTooltip, type Command, type DecorationSet, type Tooltip } from "@codemirror/view";

import type { Fix, Problem } from "./api";
import { popover } from "./popover";

export interface ProblemActions {
  otherFiles(fix: Fix): void;
  explain?: (code: string) => void;
}

/** A problem, and where it is now. */
interface Shown {
  from: number;
  to: number;
  problem: Problem;
}

/** Problems of the open file. */
export const setProblems = StateEffect.define<readonly Problem[]>();

const pointed = StateEffect.define<number | null>();

interface Problems {
  marks: DecorationSet;
  /** What was typed since the problems came: their fixes speak of the text as it was then. */
  since: ChangeDesc | null;
}

const field = StateField.define<Problems>({
  create: () => ({ marks: Decoration.none, since: null }),
  update(problems, transaction) {
    const given = transaction.effects.find((effect) => effect.is(setProblems));
    if (given) return { marks: marksOf(transaction.state, given.value as readonly Problem[]), since: null };
    return transaction.docChanged ? moved(problems, transaction.changes) : problems;
  },
  provide: (self) => EditorView.decorations.from(self, ({ marks }) => marks),
});

function moved({ marks, since }: Problems, changes: Transaction["changes"]): Problems {
  return { marks: marks.map(changes), since: since ? since.composeDesc(changes.desc) : changes.desc };
}

function marksOf(state: EditorState, problems: readonly Problem[]): DecorationSet {
  const marks = problems.flatMap((problem) => mark(state, problem) ?? []);
  return Decoration.set(marks, true);
}

/** The problem's own stretch; where that is empty, the character before or after it. */
function mark(state: EditorState, problem: Problem): Range<Decoration> | null {
  const end = state.doc.length;
  let from = Math.min(problem.place.from, end);
  let to = Math.min(Math.max(problem.place.to, from), end);
  if (from === to) to = Math.min(to + 1, state.doc.lineAt(from).to);
  if (from === to) from = Math.max(from - 1, state.doc.lineAt(from).from);
  if (from === to) return null;
  return Decoration.mark({ class: `tw-sq tw-sq-${problem.severity}`, problem }).range(from, to);
}

function all(state: EditorState): Shown[] {
  const shown: Shown[] = [];
  for (const cursor = state.field(field).marks.iter(); cursor.value; cursor.next()) {
    shown.push({ from: cursor.from, to: cursor.to, problem: cursor.value.spec.problem as Problem });
  }
  return shown;
}

function around(state: EditorState, position: number): Shown[] {
  return all(state).filter(({ from, to }) => from <= position && position <= to);
}

/** Start of each line that has an error or a warning, with the worse of the two. */
export function problemLines(state: EditorState): Map<number, "error" | "warning"> {
  const lines = new Map<number, "error" | "warning">();
  for (const { from, problem } of all(state)) {
    if (problem.severity !== "error" && problem.severity !== "warning") continue;
    const line = state.doc.lineAt(from).from;
    if (lines.get(line) !== "error") lines.set(line, problem.severity);
  }
  return lines;
}

function applyFix(view: EditorView, fix: Fix, path: string, actions: ProblemActions): void {
  if (fix.edits.some((edit) => edit.place.file !== path)) {
    actions.otherFiles(fix);
    return;
  }
  const { since } = view.state.field(field);
  const now = (position: number, side: -1 | 1) => since?.mapPos(position, side) ?? position;
  view.dispatch({
    changes: fix.edits.map(({ place, text }) => ({ from: now(place.from, 1), to: now(place.to, -1), insert: text })),
    effects: pointed.of(null),
    userEvent: "input.fix",
  });
  view.focus();
}

function tooltipOf(shown: Shown[], path: string, actions: ProblemActions): Tooltip | null {
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
      }),
      offset: { x: 0, y: 4 },
    }),
  };
}

/** The problem that F8 went to stays explained until the cursor moves on; the pointer explains others, one at a time. */
function tooltips(path: string, actions: ProblemActions): Extension {
  const tooltip = StateField.define<Tooltip | null>({
    create: () => null,
    update(shown, { effects, state, docChanged, selection }) {
      const given = effects.find((effect) => effect.is(pointed));
      if (!given) return docChanged || selection ? null : shown;
      const position = given.value as number | null;
      return position === null ? null : tooltipOf(around(state, position), path, actions);
    },
    provide: (self) => showTooltip.from(self),
  });
  const close: Command = (view) => {
    if (!view.state.field(tooltip)) return false;
    view.dispatch({ effects: pointed.of(null) });
    return true;
  };
  const hovered = hoverTooltip(
    ({ state }, position) => (state.field(tooltip) ? null : tooltipOf(around(state, position), path, actions)),
    { hideOnChange: true, hideOn: ({ state }) => state.field(tooltip) !== null, hoverTime: 200 },
  );
  return [tooltip, hovered, keymap.of([{ key: "Escape", run: close }])];
}

/** Goes to the next problem, or the one before, and around the ends. */
function step(direction: 1 | -1): Command {
  return (view) => {
    const { from: at } = view.state.selection.main;
    const shown = direction === 1 ? all(view.state) : all(view.state).reverse();
    const target = shown.find(({ from }) => (from - at) * direction > 0) ?? shown[0];
    if (!target) return false;
    const said = around(view.state, target.from).map(({ problem }) => `${problem.severity}: ${problem.message}`);
    view.dispatch({
      selection: { anchor: target.from, head: target.to },
      effects: [pointed.of(target.from), EditorView.announce.of(said.join(". "))],
      scrollIntoView: true,
      userEvent: "select",
    });
    return true;
  };
}

/** Applies the best fix of the problem at the cursor, else of the first that has one in its line. */
function quickFix(path: string, actions: ProblemActions): Command {
  return (view) => {
    const { head } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    const inLine = all(view.state).filter(({ from }) => line.from <= from && from <= line.to);
    const fix = [...around(view.state, head), ...inLine].flatMap(({ problem }) => problem.fixes ?? [])[0];
    if (fix) applyFix(view, fix, path, actions);
    return fix !== undefined;
  };
}

export function problems(path: string, actions: ProblemActions): Extension {
  return [
    field,
    tooltips(path, actions),
    keymap.of([
      { key: "F8", run: step(1), shift: step(-1), preventDefault: true },
      { key: "Mod-.", run: quickFix(path, actions), preventDefault: true },
    ]),
  ];
}
