// What is shown about whole lines: marks of the walk's clauses, the lines that decided, changed lines.
import { RangeSet, RangeSetBuilder, StateEffect, StateField, type EditorState, type Extension, type RangeValue, type Text } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter, gutterLineClass, type DecorationSet } from "@codemirror/view";

import type { Action } from "./api";
import { icon, type Icon } from "./icons";
import { problemLines } from "./problems";

export interface LineMarks {
  clauses: { line: number; held: boolean }[];
  deciding: { from: number; to: number; action: Action } | null;
  missed: { from: number; to: number } | null;
  mapped: { from: number; to: number } | null;
  changed: { line: number; kind: "changed" | "new" }[];
}

export const noMarks: LineMarks = { clauses: [], deciding: null, missed: null, mapped: null, changed: [] };

export const setLineMarks = StateEffect.define<LineMarks>();

interface Sets {
  clauses: RangeSet<GutterMarker>;
  lines: DecorationSet;
  mapped: DecorationSet;
  missed: DecorationSet;
  gutters: RangeSet<GutterMarker>;
  changed: RangeSet<GutterMarker>;
}

class IconMarker extends GutterMarker {
  constructor(readonly name: Icon, readonly label: string) {
    super();
  }
  override eq(other: IconMarker): boolean {
    return other.name === this.name;
  }
  override toDOM(): Node {
    const mark = document.createElement("span");
    mark.title = this.label;
    mark.append(icon(this.name));
    return mark;
  }
}

class ClassMarker extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }
  override eq(other: ClassMarker): boolean {
    return other.elementClass === this.elementClass;
  }
}

const held = new IconMarker("yes", "this clause held");
const failed = new IconMarker("no", "this clause did not hold");

const field = StateField.define<Sets>({
  create: (state) => build(state.doc, noMarks),
  update(sets, transaction) {
    const given = transaction.effects.find((effect) => effect.is(setLineMarks));
    if (given) return build(transaction.state.doc, given.value as LineMarks);
    return transaction.docChanged ? map(sets, transaction.changes) : sets;
  },
  provide: (self) => [
    EditorView.decorations.from(self, (sets) => sets.lines),
    EditorView.decorations.from(self, (sets) => sets.mapped),
    EditorView.decorations.from(self, (sets) => sets.missed),
    gutterLineClass.from(self, (sets) => sets.gutters),
  ],
});

function map(sets: Sets, changes: Parameters<DecorationSet["map"]>[0]): Sets {
  return {
    clauses: sets.clauses.map(changes),
    lines: sets.lines.map(changes),
    mapped: sets.mapped.map(changes),
    missed: sets.missed.map(changes),
    gutters: sets.gutters.map(changes),
    changed: sets.changed.map(changes),
  };
}

function build(doc: Text, marks: LineMarks): Sets {
  const deciding = lineRange(doc, marks.deciding);
  const style = `tw-decides tw-${marks.deciding?.action.toLowerCase()}`;
  return {
    clauses: ranges(doc, marks.clauses, (clause) => (clause.held ? held : failed)),
    lines: ranges(doc, deciding, () => Decoration.line({ class: style })),
    mapped: ranges(doc, lineRange(doc, marks.mapped), () => mapped),
    missed: stretch(doc, marks.missed),
    gutters: ranges(doc, deciding, () => new ClassMarker(style)),
    changed: ranges(doc, marks.changed, (line) => new ClassMarker(`tw-${line.kind}`)),
  };
}

const missed = Decoration.mark({ class: "tw-missed" });
const mapped = Decoration.line({ class: "tw-mapped" });

function stretch(doc: Text, range: { from: number; to: number } | null): DecorationSet {
  const to = Math.min(range?.to ?? 0, doc.length);
  return range && range.from < to ? Decoration.set(missed.range(range.from, to)) : Decoration.none;
}

function lineRange(doc: Text, range: { from: number; to: number } | null): { line: number }[] {
  if (!range) return [];
  const last = Math.min(range.to, doc.lines);
  const length = Math.max(0, last - range.from + 1);
  return Array.from({ length }, (_, index) => ({ line: range.from + index }));
}

/** One value per line, at the line's start; of several for a line the first counts. */
function ranges<L extends { line: number }, V extends RangeValue>(
  doc: Text,
  lines: readonly L[],
  value: (line: L) => V,
): RangeSet<V> {
  const builder = new RangeSetBuilder<V>();
  let last = 0;
  for (const line of [...lines].sort((a, b) => a.line - b.line)) {
    if (line.line <= last || line.line > doc.lines) continue;
    last = line.line;
    const { from } = doc.line(line.line);
    builder.add(from, from, value(line));
  }
  return builder.finish();
}

const problemMarkers: Record<string, GutterMarker> = {
  error: new IconMarker("error", "a problem is here"),
  warning: new IconMarker("warning", "a warning is here"),
};

/** A problem of the line goes before a clause's mark: it has to be mended first. */
function marksOf(state: EditorState): RangeSet<GutterMarker> {
  const problems = problemLines(state);
  const builder = new RangeSetBuilder<GutterMarker>();
  const at = new Map<number, GutterMarker>();
  for (const cursor = state.field(field).clauses.iter(); cursor.value; cursor.next()) at.set(cursor.from, cursor.value);
  for (const [from, severity] of problems) at.set(from, problemMarkers[severity] ?? held);
  for (const from of [...at.keys()].sort((a, b) => a - b)) builder.add(from, from, at.get(from) as GutterMarker);
  return builder.finish();
}

export function markGutter(): Extension {
  return [
    field,
    gutter({
      class: "tw-marks",
      markers: (view) => marksOf(view.state),
      initialSpacer: () => held,
    }),
  ];
}

export function changeGutter(): Extension {
  return gutter({ class: "tw-bars", markers: (view) => view.state.field(field).changed });
}
