import type { ChangeSpec } from "@codemirror/state";

/** The shortest single replacement that turns one text into the other; undo and cursors outlive it. */
export function difference(before: string, after: string): ChangeSpec | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
