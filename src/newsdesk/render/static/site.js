// Two comforts; every page is whole without them. The reader's choice of light or dark is
// kept, and times of the last two days read as ages ("3 h"), counted from the edition.
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

  const age = (minutes) => {
    if (minutes < 60) return `${minutes} min`;
    return `${Math.floor(minutes / 60)} h`;
  };
  const ages = () => {
    const edition = Date.parse(root.dataset.asOf);
    if (Number.isNaN(edition)) return;
    // An old or simulated edition is read as of itself, not as of the reader's clock.
    const late = Date.now() - edition;
    const now = late > 0 && late < 36e5 * 12 ? Date.now() : edition;
    for (const time of document.querySelectorAll(".meta time")) {
      const minutes = Math.floor((now - Date.parse(time.dateTime)) / 6e4);
      if (minutes < 0 || minutes >= 2880) continue;
      time.title = `${time.dateTime.slice(0, 16).replace("T", " ")} UTC`;
      time.textContent = age(minutes);
    }
  };
  const toggle = () => {
    const button = document.getElementById("theme");
    const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep(root.dataset.theme);
      label();
    });
    system.addEventListener("change", label);
    label();
    button.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", () => { ages(); toggle(); });
})();
