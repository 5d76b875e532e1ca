import { EditorView } from "@codemirror/view";
Object.assign(globalThis, { tierwalkEditor: { create: (host: HTMLElement) => new EditorView({ parent: host }) } });
