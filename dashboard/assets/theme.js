// The page's colours, before anything of it is seen: those that the link asks for, else those that
// the reader chose here before, else those of the device. This stands in the page itself.
window.caspianTheme = (() => {
  const KEPT = "caspian-corridors-theme";
  const isTheme = (name) => name === "light" || name === "dark";
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const asked = new URLSearchParams(window.location.search).getAll("theme");
  let chosen = asked.length === 1 ? asked[0] : null;
  try {
    if (!isTheme(chosen)) chosen = localStorage.getItem(KEPT);
  } catch {
    // within another site's page nothing may be kept
  }
  const apply = () => {
    root.dataset.theme = isTheme(chosen) ? chosen : device.matches ? "dark" : "light";
  };
  device.addEventListener("change", apply);
  apply();
  return {
    get chosen() { return isTheme(chosen) ? chosen : "device"; },
    get shown() { return root.dataset.theme; },
    choose(name) {
      chosen = name;
      apply();
      try {
        localStorage.setItem(KEPT, name);
      } catch {
        // it holds until the page is closed
      }
    },
  };
})();
