// The marks of the gutter and of problems, drawn in the current colour.

const SVG = "http://www.w3.org/2000/svg";

type Shape = [path: string, width: string];

const SHAPES = {
  yes: [["M3.4 8.6l3 3 6.2-7", "1.7"]],
  no: [["M4 4l8 8M12 4l-8 8", "2.1"]],
  warning: [
    ["M8 2L15 14H1z", "1.5"],
    ["M8 6.4v3.4M8 11.9h.01", "1.6"],
  ],
  error: [
    ["M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z", "1.5"],
    ["M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8", "1.7"],
  ],
  open: [["M4.5 6.5L8 10l3.5-3.5", "1.4"]],
  folded: [["M6.5 4.5L10 8l-3.5 3.5", "1.4"]],
  hint: [["M8 4v4.6M8 11.6h.01", "1.8"]],
} satisfies Record<string, Shape[]>;

export type Icon = keyof typeof SHAPES;

export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("tw-icon", `tw-icon-${name}`);
  for (const [path, width] of SHAPES[name] as Shape[]) svg.append(stroke(path, width));
  return svg;
}

function stroke(path: string, width: string): SVGPathElement {
  const element = document.createElementNS(SVG, "path");
  const attributes = {
    d: path,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
