// Before the first paint: light or dark, size and panes as they were chosen here. The page itself takes over from there.
try {
  const { theme, present, panes } = JSON.parse(localStorage.getItem("tierwalk.preferences") ?? "{}");
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  if (present) root.dataset.size = "present";
  for (const [pane, size] of Object.entries(panes ?? {})) {
    if (typeof size === "number") root.style.setProperty(`--${pane}-set`, `${size}px`);
  }
} catch {
  // no storage: the system decides
}
// The first frame shows the example; whoever comes back, or follows a link, waits for their own files instead.
try {
  if (location.hash || localStorage.getItem("tierwalk.workspaces")) document.documentElement.dataset.first = "own";
} catch {
  // no storage: every visit is the first
}
