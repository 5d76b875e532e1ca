// How often each line of a policy held: a bar and a count beside the number of the line.
import { RangeSet, RangeSetBuilder, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { GutterMarker, gutter } from "@codemirror/view";

import type { CoveredLine } from "./api";

export const setCoverage = StateEffect.define<readonly CoveredLine[]>();

class Held extends GutterMarker {
  constructor(readonly kind: "all" | "some" | "none", readonly label: string) {
    super();
  }
  override eq(other: Held): boolean {
    return other.kind === this.kind && other.label === this.label;
  }
  override toDOM(): Node {
    const mark = document.createElement("span");
    mark.className = `tw-held tw-held-${this.kind}`;
    mark.append(document.createElement("i"), this.label);
    return mark;
  }
}

function marker({ held, asked }: CoveredLine): Held {
  if (asked === 0) return new Held("none", "never");
  if (held === 0) return new Held("none", `0 of ${asked}`);
  return held === asked ? new Held("all", `${held}`) : new Held("some", `${held} of ${asked}`);
}

const field = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(lines, transaction) {
    const given = transaction.effects.find((effect) => effect.is(setCoverage));
    if (given) return build(transaction.state.doc, given.value as readonly CoveredLine[]);
    return transaction.docChanged ? lines.map(transaction.changes) : lines;
  },
});

function build(doc: Text, lines: readonly CoveredLine[]): RangeSet<GutterMarker> {
  const builder = new RangeSetBuilder<GutterMarker>();
  for (const line of lines) {
    if (line.line > doc.lines) continue;
    const { from } = doc.line(line.line);
    builder.add(from, from, marker(line));
  }
  return builder.finish();
}

export function coverage(path: string): Extension {
  if (!path.endsWith(".rego")) return field;
  return [field, gutter({ class: "tw-cover", markers: (view) => view.state.field(field), initialSpacer: () => new Held("some", "88 of 88") })];
}
