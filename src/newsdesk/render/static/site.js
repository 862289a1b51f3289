// Comforts; every page is whole without them. What a reader chose (light or dark, keys,
// pictures, words to hide) is kept in this browser. Times of the last two days read as
// ages ("3 h"), counted from the edition. Elements are changed as the parser brings them,
// before they are painted: nothing jumps.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (which, where = document) => [...where.querySelectorAll(which)];
  const stored = (name) => {
    try { return localStorage.getItem(name) || ""; } catch { return ""; }
  };
  const keep = (name, value) => {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch { /* private window */ }
  };

  // Light or dark: the system's choice until the reader makes one.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const show = (theme) => {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  show(stored("theme"));
  const pictures = () => { root.dataset.pictures = stored("pictures"); };
  pictures();
  root.dataset.script = "";

  const edition = Date.parse(root.dataset.asOf);
  // An old or simulated edition is read as of itself, not as of the reader's clock.
  const late = Date.now() - edition;
  const now = late > 0 && late < 36e5 * 12 ? Date.now() : edition;
  const span = (minutes) => {
    if (minutes < 60) return `${minutes} min`;
    return minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
  };
  const ages = () => {
    for (const time of all(".meta time:not([title])")) {
      time.title = `${time.dateTime.slice(0, 16).replace("T", " ")} UTC`;
      const minutes = Math.floor((now - Date.parse(time.dateTime)) / 6e4);
      if (minutes >= 0 && minutes < 2880) time.textContent = span(minutes);
    }
    const stale = document.querySelector(".stale[hidden] b");
    if (stale && late > stale.parentNode.dataset.after * 36e5) {
      stale.textContent = span(Math.floor(late / 6e4));
      stale.parentNode.hidden = false;
    }
  };

  // Stories that the reader does not want to see.
  const unwanted = () => stored("hide").toLowerCase().split(",").map((one) => one.trim()).filter(Boolean);
  let words = unwanted();
  const hide = () => {
    if (!words.length) return;
    for (const story of all("main article")) {
      const said = all("h2, h3, .outlet", story).slice(0, 2).map((one) => one.textContent);
      const text = said.join(" ").toLowerCase();
      story.hidden = words.some((word) => text.includes(word));
    }
  };

  const label = () => {
    const button = document.getElementById("theme");
    const name = isDark() ? "Light" : "Dark";
    if (button && button.textContent !== name) button.textContent = name;
  };
  const toggle = () => {
    const theme = isDark() ? "light" : "dark";
    keep("theme", theme);
    show(theme);
    label();
  };
  system.addEventListener("change", label);

  const arrived = () => {
    ages();
    hide();
    label();
  };
  const parsed = new MutationObserver(arrived);
  parsed.observe(root, { childList: true, subtree: true });

  // Keys, as readers of lists know them. They do what a click does.
  const stories = () => all("main :is(article, li) :is(h2, h3) a, .headline a")
    .filter((one) => one.checkVisibility());
  const step = (by) => {
    const links = stories();
    const here = document.activeElement;
    let at = links.indexOf(here);
    if (at < 0 && by > 0) {
      at = links.findIndex((one) => here.compareDocumentPosition(one) & 4) - 1;
    }
    const next = links[Math.max(0, Math.min(links.length - 1, at + by))];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
  };
  const unfold = () => {
    const story = document.activeElement.closest("article");
    const list = story && story.querySelector("details");
    if (list) list.open = !list.open;
  };
  const search = () => {
    const field = document.getElementById("q");
    if (field) field.focus();
    else location.assign(document.querySelector("link[rel=search]").href);
  };
  const open = () => {
    if (stories().includes(document.activeElement)) document.activeElement.click();
  };
  const keys = { j: () => step(1), k: () => step(-1), o: open, x: unfold, "/": search, "?": () => reading() };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.defaultPrevented || stored("keys") === "off") return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    const act = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // How the reader likes to read.
  const FORM = `<form method="dialog">
<h2 id="reading-h">Keys and reading</h2>
<dl class="keys">
<div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous story</dd></div>
<div><dt><kbd>o</kbd></dt><dd>open it</dd></div>
<div><dt><kbd>x</kbd></dt><dd>who else has it</dd></div>
<div><dt><kbd>/</kbd></dt><dd>search</dd></div>
<div><dt><kbd>?</kbd></dt><dd>this</dd></div>
</dl>
<p><label><input type="checkbox" name="keys"> Use these keys</label></p>
<p><label><input type="checkbox" name="pictures"> Show pictures</label></p>
<p><label for="reading-theme">Colours</label> <select id="reading-theme" name="theme">
<option value="">As the system has them</option><option value="light">Light</option><option value="dark">Dark</option>
</select></p>
<p><label for="reading-hide">Hide stories with these words or outlets, parted by commas</label>
<input id="reading-hide" name="hide" type="text" autocomplete="off"></p>
<p><button class="button" value="keep">Done</button></p>
</form>`;
  let dialog;
  const reading = () => {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.setAttribute("aria-labelledby", "reading-h");
      dialog.innerHTML = FORM;
      dialog.addEventListener("close", chosen);
      document.body.append(dialog);
    }
    const form = dialog.querySelector("form").elements;
    form.keys.checked = stored("keys") !== "off";
    form.pictures.checked = stored("pictures") !== "off";
    form.theme.value = stored("theme");
    form.hide.value = stored("hide");
    dialog.showModal();
  };
  const chosen = () => {
    const form = dialog.querySelector("form").elements;
    keep("keys", form.keys.checked ? "" : "off");
    keep("pictures", form.pictures.checked ? "" : "off");
    keep("theme", form.theme.value);
    keep("hide", form.hide.value.trim());
    show(form.theme.value);
    pictures();
    label();
    words = unwanted();
    for (const story of all("main article[hidden]")) story.hidden = false;
    hide();
  };

  document.addEventListener("DOMContentLoaded", () => {
    arrived();
    parsed.disconnect();
    document.getElementById("theme").addEventListener("click", toggle);
    document.getElementById("reading").addEventListener("click", reading);
    const here = document.querySelector(".topics [aria-current]");
    if (here) here.closest("ul").scrollLeft = here.offsetLeft - 96;
  });
})();
