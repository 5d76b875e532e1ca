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
