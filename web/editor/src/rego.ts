// Rego, as far as colouring it needs: words of the language, text, comments. What refuses has the hue of Deny.
import { StreamLanguage, type StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";

const WORDS = new Set(["package", "import", "default", "not", "some", "every", "in", "if", "contains", "else", "with", "as"]);
const VALUES = new Set(["true", "false", "null"]);

interface State {
  raw: boolean;
}

const parser: StreamParser<State> = {
  name: "rego",
  startState: () => ({ raw: false }),
  token(stream, state) {
    if (state.raw) return raw(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match("#")) {
      stream.skipToEnd();
      return "lineComment";
    }
    if (stream.match("`")) {
      state.raw = true;
      return raw(stream, state);
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
    const word = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
    if (word) return WORDS.has(word[0]) ? "keyword" : VALUES.has(word[0]) ? "atom" : "variableName";
    stream.next();
    return "punctuation";
  },
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
};

function raw(stream: Parameters<StreamParser<State>["token"]>[0], state: State): string {
  while (!stream.eol()) {
    if (stream.next() === "`") {
      state.raw = false;
      break;
    }
  }
  return "string";
}

const refuses = new MatchDecorator({
  regexp: /^(?:deny|violation)(?:_\w+)?(?=\W)|"(Allow|Deny|Pass|Log)"/g,
  decorate(add, from, to, match) {
    const action = match[1];
    if (action) add(from + 1, to - 1, Decoration.mark({ class: `tw-action tw-${action.toLowerCase()}` }));
    else add(from, to, Decoration.mark({ class: "tw-action tw-deny" }));
  },
});

const hues = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = refuses.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = refuses.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export function rego(): Extension {
  return [StreamLanguage.define(parser), hues];
}
