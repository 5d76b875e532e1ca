// Folding: a mark beside each stretch that can be folded, and the keys.
import { codeFolding, foldGutter, foldKeymap, foldService } from "@codemirror/language";
import type { EditorState, Extension, Text } from "@codemirror/state";
import { keymap } from "@codemirror/view";

import { icon } from "./icons";

/** Folding for a file of this name. The grammar of YAML knows what folds; elsewhere what is indented does. */
export function folding(path: string): Extension {
  return [
    /\.(ya?ml|json)$/i.test(path) ? [] : foldService.of(indented),
    codeFolding({ preparePlaceholder: countOf, placeholderDOM: placeholder }),
    foldGutter({ markerDOM: mark }),
    keymap.of(foldKeymap),
  ];
}

const lines = (doc: Text, { from, to }: { from: number; to: number }) => doc.lineAt(to).number - doc.lineAt(from).number;

const countOf = (state: EditorState, range: { from: number; to: number }) => lines(state.doc, range);

function placeholder(_: unknown, unfold: (event: Event) => void, count: number): HTMLElement {
  const said = count === 1 ? "1 line" : `${count} lines`;
  const dom = document.createElement("span");
  dom.className = "cm-foldPlaceholder";
  dom.textContent = `… ${said}`;
  dom.title = `unfold ${said}`;
  dom.onclick = unfold;
  return dom;
}

function mark(open: boolean): HTMLElement {
  const dom = document.createElement("span");
  dom.className = open ? "tw-fold" : "tw-fold tw-folded";
  dom.title = open ? "fold" : "unfold";
  dom.append(icon(open ? "open" : "folded"));
  return dom;
}

/** Everything below a line that is indented further than it. */
function indented(state: EditorState, from: number): { from: number; to: number } | null {
  const first = state.doc.lineAt(from);
  const depth = first.text.search(/\S/);
  let last = first;
  for (let number = first.number + 1; depth >= 0 && number <= state.doc.lines; number++) {
    const line = state.doc.line(number);
    const at = line.text.search(/\S/);
    if (at >= 0 && at <= depth) break;
    if (at >= 0) last = line;
  }
  return last.number > first.number ? { from: first.to, to: last.to } : null;
}
