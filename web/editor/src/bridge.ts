// Lines that lead from the marked part of a template over to what it made, which the page shows beside the text.
import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView } from "@codemirror/view";

/** What the page offers: a drawing between text and compiled lines, and these lines, of which some are marked as made. */
const DRAWING = "svg.bridge";
const COMPILED = ".compiled";
const MADE = ".mapped li";

interface Band {
  top: number;
  bottom: number;
}

/** Only a template has marked lines that made others. */
export const bridge: Extension = ViewPlugin.define((view) => {
  const draw = () => view.requestMeasure({ key: bridge, read, write });
  // the page may show other lines than before without a word to the editor
  const changed = new MutationObserver(draw);
  let watched: Element | null = null;
  const read = () => {
    const compiled = document.querySelector(COMPILED);
    if (compiled !== watched) {
      changed.disconnect();
      if (compiled) changed.observe(compiled, { childList: true, subtree: true, attributeFilter: ["class"] });
      watched = compiled;
    }
    return paths(view);
  };
  document.addEventListener("scroll", draw, true);
  view.scrollDOM.addEventListener("scroll", draw);
  draw();
  return {
    update: draw,
    destroy: () => {
      changed.disconnect();
      document.removeEventListener("scroll", draw, true);
      view.scrollDOM.removeEventListener("scroll", draw);
    },
  };
});

function paths(view: EditorView): string {
  const drawing = document.querySelector(DRAWING);
  const from = drawing && band([...view.contentDOM.querySelectorAll(".tw-mapped")]);
  if (!from) return "";
  const area = drawing.getBoundingClientRect();
  // in presentation size the page is zoomed, and a drawing counts in its own units
  const unit = area.width / drawing.clientWidth || 1;
  const seen = (y: number) => Math.min(Math.max(y, area.top), area.bottom);
  const at = (y: number) => ((seen(y) - area.top) / unit).toFixed(1);
  const middle = (drawing.clientWidth / 2).toFixed(1);
  const curve = (a: number, b: number) => `M0 ${at(a)}C${middle} ${at(a)} ${middle} ${at(b)} ${drawing.clientWidth} ${at(b)}`;
  return runs()
    .filter(({ top, bottom }) => bottom > area.top && top < area.bottom)
    .map(({ top, bottom }) => curve(from.top, top) + curve(from.bottom, bottom))
    .join("");
}

/** Lines that were made, one band for those that follow each other. */
function runs(): Band[] {
  const runs: Element[][] = [];
  let before = false;
  for (const line of document.querySelectorAll(MADE)) {
    const made = line.classList.contains("mapl");
    if (made && before) runs.at(-1)?.push(line);
    else if (made) runs.push([line]);
    before = made;
  }
  return runs.map(band).filter((it) => it !== null);
}

function band(lines: Element[]): Band | null {
  const [first, last] = [lines[0], lines.at(-1)];
  return first && last ? { top: first.getBoundingClientRect().top, bottom: last.getBoundingClientRect().bottom } : null;
}

function write(path: string): void {
  document.querySelector(`${DRAWING} path`)?.setAttribute("d", path);
}
