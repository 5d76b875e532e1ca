// What the page hands in and hears. Offsets are UTF-16 code units, lines count from 1. The shapes of
// problems are those of the `protocol` crate, which the page passes on as they came from the engine.

export interface Place {
  file: string;
  line: number;
  from: number;
  to: number;
}

export interface Edit {
  place: Place;
  text: string;
}

export interface Fix {
  title: string;
  safe: boolean;
  edits: Edit[];
}

export interface Problem {
  code: string;
  severity: "error" | "warning" | "info" | "hint";
  message: string;
  help?: string | null;
  place: Place;
  fixes?: Fix[];
}

/** Whether a clause of the chosen flow held, at the line it is written in. */
export interface ClauseMark {
  file: string;
  line: number;
  held: boolean;
}

export type Action = "Allow" | "Deny" | "Pass" | "Log";

/** The lines that decided the chosen flow. */
export interface Deciding {
  file: string;
  from: number;
  to: number;
  action: Action;
}

/** What came nearest to deciding otherwise. */
export interface Missed {
  file: string;
  from: number;
  to: number;
}

/** The lines of a template that made what is pointed at. */
export interface Mapped {
  file: string;
  from: number;
  to: number;
}

/** A line that differs from the baseline. */
export interface ChangedLine {
  file: string;
  line: number;
  kind: "changed" | "new";
}

/** How often a line of a policy held, and how often it was asked. */
export interface CoveredLine {
  line: number;
  held: number;
  asked: number;
}

export interface Change {
  from: number;
  to: number;
  insert: string;
}

/** One thing that can be written. */
export interface Offered {
  label: string;
  detail: string;
  doc: string;
  insert: string;
  /** `insert` has places to fill in, or lines to indent. */
  snippet: boolean;
  /** There is something to choose right behind it. */
  again: boolean;
}

export interface Completions {
  from: number;
  items: Offered[];
}

/** What stands at a place, with user input in backticks. */
export interface Explained {
  from: number;
  to: number;
  title: string;
  text: string[];
  source: string;
}

export interface Handlers {
  /** Somebody typed, pasted, undid or applied a fix. */
  changed(path: string, text: string, changes: Change[]): void;
  /** The cursor was moved to another line by hand. */
  line(path: string, line: number): void;
  /** A fix was chosen that changes other files too; the page applies it. */
  fix?(fix: Fix): void;
  /** A question about a place; the page answers it by its number. */
  ask?(number: number, what: "complete" | "hover", path: string, at: number): void;
  /** A command that reaches beyond the open file was given at a place; `undo` and `redo` where the last step
   * was the page's. */
  want?(what: "definition" | "references" | "rename" | "format" | "undo" | "redo", path: string, at: number): void;
  /** The value of an expression of a policy is wanted. */
  evaluate?(path: string, from: number, to: number): void;
  /** The code of a problem was chosen: what it means is wanted. */
  explain?(code: string): void;
}
