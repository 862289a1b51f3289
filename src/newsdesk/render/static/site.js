// Two comforts; every page is whole without them. The reader's choice of light or dark is
// kept, and times of the last two days read as ages ("3 h"), counted from the edition.
// Elements are changed as the parser brings them, before they are painted: nothing jumps.
"use strict";
(() => {
  const root = document.documentElement;
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const keep = (theme) => {
    try { localStorage.setItem("theme", theme); } catch { /* private window */ }
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const theme = stored();
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  root.dataset.script = "";

  const edition = Date.parse(root.dataset.asOf);
  // An old or simulated edition is read as of itself, not as of the reader's clock.
  const late = Date.now() - edition;
  const now = late > 0 && late < 36e5 * 12 ? Date.now() : edition;
  const ages = () => {
    for (const time of document.querySelectorAll(".meta time:not([title])")) {
      time.title = `${time.dateTime.slice(0, 16).replace("T", " ")} UTC`;
      const minutes = Math.floor((now - Date.parse(time.dateTime)) / 6e4);
      if (!(minutes >= 0 && minutes < 2880)) continue;
      time.textContent = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
    }
  };
  const toggle = () => {
    const button = document.querySelector("#theme:not([data-ready])");
    if (!button) return;
    const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
    button.dataset.ready = "";
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep(root.dataset.theme);
      label();
    });
    system.addEventListener("change", label);
    label();
  };
  const parsed = new MutationObserver(() => { ages(); toggle(); });
  parsed.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    ages();
    toggle();
    parsed.disconnect();
    const here = document.querySelector(".topics [aria-current]");
    if (here) here.closest("ul").scrollLeft = here.offsetLeft - 96;
  });
})();
