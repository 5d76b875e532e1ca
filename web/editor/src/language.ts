// What the engine knows of the text: completion while typing, explanations, and commands that reach into other
// files. The page asks the engine; answers come back by the number of the question.
import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  completionStatus,
  insertCompletionText,
  pickedCompletion,
  snippet,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { Prec, StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin, closeHoverTooltips, hasHoverTooltips, hoverTooltip, keymap, showTooltip, type Command, type Tooltip } from "@codemirror/view";

import type { Completions, Explained, Offered } from "./api";
import { paragraph } from "./popover";

/** What a key asks of the page, at a place of the open file. */
export type Wanted = "definition" | "references" | "rename" | "format";

export interface Engine {
  complete(at: number): Promise<Completions | null>;
  explain(at: number): Promise<Explained | null>;
  want(what: Wanted, at: number): void;
}

export function language(engine: Engine): Extension {
  return [
    autocompletion({
      override: [(context) => completions(engine, context)],
      icons: false,
      activateOnTypingDelay: 60,
      tooltipClass: () => "tw-complete",
    }),
    Prec.high(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    keymap.of(completionKeymap),
    hovered(engine),
    asked(engine),
    keymap.of([
      { key: "F12", run: want(engine, "definition"), shift: want(engine, "references"), preventDefault: true },
      { key: "F2", run: want(engine, "rename"), preventDefault: true },
      { key: "Shift-Alt-f", run: want(engine, "format"), preventDefault: true },
    ]),
    // Mod and a click go to the definition, so that further cursors are made with Alt.
    EditorView.clickAddsSelectionRange.of((event) => event.altKey),
    EditorView.domEventHandlers({ click: (event, view) => followed(engine, event, view) }),
  ];
}

const want =
  (engine: Engine, what: Wanted): Command =>
  (view) => {
    engine.want(what, view.state.selection.main.head);
    return true;
  };

function followed(engine: Engine, event: MouseEvent, view: EditorView): boolean {
  if (!(event.ctrlKey || event.metaKey)) return false;
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
  if (at !== null) engine.want("definition", at);
  return at !== null;
}

/** Behind these a choice is offered by itself; on a blank line only when it is asked for. */
const WORTH = /[\w"'./]$|[:=,[{(-] $|[[{(]$/;

async function completions(engine: Engine, context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (!context.explicit && !WORTH.test(before)) return null;
  const found = await engine.complete(context.pos);
  if (!found || context.aborted || found.items.length === 0 || found.from > context.pos) return null;
  const typed = context.state.sliceDoc(found.from, context.pos);
  if (!context.explicit && isWritten(found.items, typed)) return null;
  return {
    from: found.from,
    options: found.items.map(option),
    // a word that is written to its end asks anew, and is then left in peace
    validFor: (text) => /^[\w./-]*$/.test(text) && !found.items.some(({ label }) => label === text),
  };
}

/** Whether what is typed is one of the words already, and the beginning of no other. */
function isWritten(items: readonly Offered[], typed: string): boolean {
  const fitting = items.filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()));
  return fitting.length === 1 && fitting[0]?.label === typed;
}

function option(offered: Offered, index: number): Completion {
  return {
    label: offered.label,
    detail: offered.detail || undefined,
    info: offered.doc ? () => note(offered.doc) : undefined,
    sortText: String(index).padStart(4, "0"),
    apply: (view, completion, from, to) => apply(view, offered, completion, from, to),
  };
}

function note(text: string): HTMLElement {
  const dom = document.createElement("div");
  dom.append(paragraph(text));
  return dom;
}

function apply(view: EditorView, offered: Offered, completion: Completion, from: number, to: number): void {
  if (offered.snippet) snippet(offered.insert)(view, completion, from, to);
  else {
    view.dispatch({
      ...insertCompletionText(view.state, offered.insert, from, to),
      annotations: pickedCompletion.of(completion),
    });
  }
  if (offered.again) startCompletion(view);
}

function explanation(explained: Explained | null): Tooltip | null {
  if (!explained) return null;
  return {
    pos: explained.from,
    end: explained.to,
    above: true,
    create: () => ({ dom: told(explained), offset: { x: 0, y: 4 } }),
  };
}

function told(explained: Explained): HTMLElement {
  const pop = document.createElement("div");
  pop.className = "tw-pop tw-told";
  const title = paragraph(explained.title);
  title.className = "tw-title";
  pop.append(title, ...explained.text.map(paragraph));
  if (explained.source) {
    const source = paragraph(explained.source);
    source.className = "tw-source";
    pop.append(source);
  }
  return pop;
}

const show = StateEffect.define<Tooltip | null>();

/** What a key asked for, until the cursor moves on. */
const tooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, docChanged, selection }) {
    const given = effects.find((effect) => effect.is(show));
    if (given) return given.value as Tooltip | null;
    return docChanged || selection ? null : shown;
  },
  provide: (self) => showTooltip.from(self),
});

/** What the pointer rests on is explained, unless what a key asked for floats there already. */
function hovered(engine: Engine): Extension {
  const taken = (state: EditorState) => completionStatus(state) !== null || state.field(tooltip) !== null;
  const source = async (view: EditorView, position: number) => {
    const explained = await engine.explain(position);
    return taken(view.state) ? null : explanation(explained);
  };
  return [hoverTooltip(source, { hideOnChange: true, hideOn: ({ state }) => taken(state), hoverTime: 350 }), dismissed];
}

/** Escape takes away what the pointer called up, wherever the focus is. */
const dismissed = ViewPlugin.define((view) => {
  const close = ({ key }: KeyboardEvent) => {
    if (key === "Escape" && hasHoverTooltips(view.state)) view.dispatch({ effects: closeHoverTooltips });
  };
  document.addEventListener("keydown", close);
  return { destroy: () => document.removeEventListener("keydown", close) };
});

/** What stands at the cursor is explained on a key too. */
function asked(engine: Engine): Extension {
  const explain: Command = (view) => {
    const { state } = view;
    engine.explain(state.selection.main.head).then((explained) => {
      if (!explained || view.state.doc !== state.doc) return;
      const said = [explained.title, ...explained.text].join(" ").replaceAll("`", "");
      view.dispatch({ effects: [closeHoverTooltips, show.of(explanation(explained)), EditorView.announce.of(said)] });
    });
    return true;
  };
  const close: Command = (view) => {
    if (!view.state.field(tooltip) && !hasHoverTooltips(view.state)) return false;
    view.dispatch({ effects: [show.of(null), closeHoverTooltips] });
    return true;
  };
  return [
    tooltip,
    keymap.of([
      { key: "Shift-F1", run: explain, preventDefault: true },
      { key: "Escape", run: close },
    ]),
  ];
}
