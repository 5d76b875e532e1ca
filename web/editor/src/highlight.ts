// The text is set in ink: keys full, values second, punctuation and comments third. Only actions have a hue.
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { rego } from "./rego";

const style = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--ink)" },
  { tag: [tags.content, tags.string, tags.special(tags.string)], color: "var(--ink-2)" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], color: "var(--ink-3)" },
  { tag: [tags.labelName, tags.typeName, tags.variableName, tags.atom, tags.number], color: "var(--ink)" },
  { tag: tags.keyword, color: "var(--ink)", fontWeight: "600" },
  { tag: tags.lineComment, color: "var(--ink-3)", fontStyle: "italic" },
]);

/** The value of an action, also in the words of a template, and what a rule on one line begins with. */
const ACTION = /\b(?:\w*A|a)ction["']?:[ \t]+["']?(Allow|Accept|Deny|Pass|Log)\b|^ *- (allow|deny|pass|log)(?= \w)/g;

const classes: Record<string, string> = { allow: "tw-allow", accept: "tw-allow", deny: "tw-deny", pass: "tw-pass", log: "tw-log" };

const matcher = new MatchDecorator({
  regexp: ACTION,
  decorate(add, from, _to, match) {
    const word = match[1] ?? match[2] ?? "";
    const start = from + match[0].length - word.length;
    add(start, start + word.length, Decoration.mark({ class: `tw-action ${classes[word.toLowerCase()]}` }));
  },
});

const actions = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Highlighting for a file of this name. */
export function highlighting(path: string): Extension {
  if (path.endsWith(".rego")) return [rego(), syntaxHighlighting(style)];
  return /\.(ya?ml|json)$/i.test(path) ? [yaml(), syntaxHighlighting(style), actions] : [];
}
