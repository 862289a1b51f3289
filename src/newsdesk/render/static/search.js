// Search: the index lies beside the page, a file a month; the newest months are read
// first, and further ones as the reader asks for them. What is looked for stands in the
// address, and nobody else is told of it.
"use strict";
(() => {
  const ENOUGH = 25;
  const AT_ONCE = 3;
  const form = document.querySelector("form.search");
  const said = document.querySelector(".said");
  const found = document.querySelector(".found");
  const more = document.querySelector(".more");
  const fields = ["q", "topic", "outlet", "lang", "from", "to"];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const load = async (name) => {
    const reply = await fetch(name);
    if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
    return reply.json();
  };
  let months = [];
  let names = new Map();
  let asked = 0;

  const read = () => {
    const told = new URLSearchParams(location.search);
    for (const name of fields) form.elements[name].value = told.get(name) || "";
  };
  const wish = () => {
    const value = (name) => form.elements[name].value.trim();
    return {
      words: plain(value("q")).split(/\s+/).filter(Boolean),
      topic: names.get(value("topic")) || "",
      outlet: plain(value("outlet")),
      lang: value("lang").toLowerCase(),
      from: value("from"),
      to: value("to"),
    };
  };
  const isEmpty = (wanted) => !Object.values(wanted).some((one) => one.length);
  const fits = ([, day, title, outlet, , topics, lang, others], wanted) => {
    if (wanted.from && day < wanted.from) return false;
    if (wanted.to && day > wanted.to) return false;
    if (wanted.lang && lang !== wanted.lang) return false;
    if (wanted.topic && !topics.includes(wanted.topic)) return false;
    const who = plain(`${outlet}, ${others}`);
    if (wanted.outlet && !who.includes(wanted.outlet)) return false;
    const text = `${plain(title)} ${who}`;
    return wanted.words.every((word) => text.includes(word));
  };
  const listed = ([page, day, title, outlet, outlets, topics, lang]) => {
    const item = document.createElement("li");
    const head = document.createElement("h2");
    const link = document.createElement("a");
    link.href = `${form.dataset.news}${page}/`;
    link.textContent = title;
    head.dir = "auto";
    if (lang) head.lang = lang;
    head.append(link);
    const meta = document.createElement("p");
    meta.className = "meta";
    const parts = [outlet, day, outlets > 1 ? `${outlets} outlets` : "", topics[0] || ""];
    parts.filter(Boolean).forEach((part, at) => {
      const one = document.createElement(at ? "span" : "bdi");
      if (!at) one.className = "outlet";
      one.textContent = part;
      meta.append(one, " ");
    });
    item.append(head, meta);
    return item;
  };

  // One search at a time: an older one stops when a newer one begins.
  const look = async (from) => {
    const mine = ++asked;
    const wanted = wish();
    if (!from) found.replaceChildren();
    more.hidden = true;
    if (isEmpty(wanted)) {
      said.textContent = "";
      return;
    }
    said.textContent = "Searching …";
    const before = found.children.length;
    let at = from;
    for (; at < months.length; at += 1) {
      const [month] = months[at];
      if (wanted.to && month > wanted.to.slice(0, 7)) continue;
      if (wanted.from && month < wanted.from.slice(0, 7)) {
        at = months.length;
        break;
      }
      if (at >= from + AT_ONCE && found.children.length >= before + ENOUGH) break;
      const stories = await load(`${month}.json`);
      if (mine !== asked) return;
      found.append(...stories.filter((one) => fits(one, wanted)).map(listed));
    }
    const many = found.children.length;
    const back = at < months.length ? `, back to ${months[at - 1][0]}` : "";
    said.textContent = many ? `${many} ${many === 1 ? "story" : "stories"}${back}` : "Nothing was found.";
    more.hidden = at >= months.length;
    more.onclick = () => run(at);
  };
  const run = (from) => look(from).catch((error) => {
    said.textContent = `The index could not be read (${error.message}). Reload the page to try again.`;
  });
  const ask = () => {
    const told = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...told]) if (!value.trim()) told.delete(name);
    history.replaceState(null, "", `${location.pathname}${told.size ? `?${told}` : ""}`);
    run(0);
  };

  let waiting;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
  load(form.dataset.index).then((index) => {
    months = index.months;
    names = new Map(index.topics);
    for (const [id, name] of index.topics) form.elements.topic.append(new Option(name, id));
    read();
    run(0);
  }).catch((error) => {
    said.textContent = `The index could not be read (${error.message}).`;
  });
})();
