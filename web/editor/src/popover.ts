// What a problem says: what is wrong, what to do about it, its fixes and its code.
import type { Fix, Problem } from "./api";
import { icon, type Icon } from "./icons";

export interface PopoverActions {
  apply(fix: Fix): void;
  explain?: (code: string) => void;
}

const icons: Record<Problem["severity"], Icon> = { error: "error", warning: "warning", info: "hint", hint: "hint" };

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

export function popover(problems: readonly Problem[], actions: PopoverActions): HTMLElement {
  const pop = element("div", "tw-pop");
  pop.append(...problems.map((problem) => section(problem, actions)));
  return pop;
}

function section(problem: Problem, actions: PopoverActions): HTMLElement {
  const diagnostic = element("section", `tw-diag tw-${problem.severity}`);
  const what = element("p", "tw-what");
  what.append(icon(icons[problem.severity]), text(problem.message));
  diagnostic.append(what);
  if (problem.help) {
    const help = element("p");
    help.append(text(problem.help));
    diagnostic.append(help);
  }
  diagnostic.append(footer(problem, actions));
  return diagnostic;
}

function footer(problem: Problem, actions: PopoverActions): HTMLElement {
  const foot = element("footer");
  const fixes = problem.fixes ?? [];
  fixes.forEach((fix, index) => foot.append(fixButton(fix, index === 0, actions)));
  if (fixes.length > 0) foot.append(element("kbd", "", mac ? "⌘." : "Ctrl ."));
  foot.append(element("span", "tw-grow"), code(problem.code, actions));
  return foot;
}

/** Only the best safe fix is set off; one that may alter what a policy means is offered more quietly. */
function fixButton(fix: Fix, first: boolean, actions: PopoverActions): HTMLElement {
  const button = element("button", first && fix.safe ? "tw-main" : "tw-edge");
  button.append(text(fix.title));
  button.setAttribute("type", "button");
  button.addEventListener("click", () => actions.apply(fix));
  return button;
}

function code(name: string, { explain }: PopoverActions): HTMLElement {
  if (!explain) return element("span", "tw-code", name);
  const button = element("button", "tw-code tw-link", name);
  button.setAttribute("type", "button");
  button.addEventListener("click", () => explain(name));
  return button;
}

/** A paragraph in which `backticks` mark what the user wrote. */
export function paragraph(message: string): HTMLElement {
  const made = element("p");
  made.append(text(message));
  return made;
}

/** Text in which `backticks` mark what the user wrote. */
function text(message: string): HTMLElement {
  const span = element("span");
  message.split("`").forEach((part, index) => {
    span.append(index % 2 === 1 ? element("code", "", part) : part);
  });
  return span;
}

function element(tag: string, classes = "", content = ""): HTMLElement {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (content) made.textContent = content;
  return made;
}
