// Before the first paint: light or dark as it was chosen here. The page itself takes over from there.
try {
  const { theme } = JSON.parse(localStorage.getItem("tierwalk.preferences") ?? "{}");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // no storage: the system decides
}
