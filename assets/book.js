// Search, dark mode and the side list on a phone, for the pages of the built-in renderer. No library, no request.
"use strict";
(() => {
  const root = document.documentElement;
  const remember = (value) => { try { localStorage.setItem("itabook-theme", value); } catch { /* private window */ } };
  try {
    const kept = localStorage.getItem("itabook-theme");
    if (kept) root.dataset.theme = kept;
  } catch { /* private window */ }

  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  // Thai letters typed in another order or form still match: one form of sara am, no zero-width signs, small letters.
  const tidy = (text) => text.replace(/\u0E4D\u0E32/g, "\u0E33").replace(/[\u200B-\u200D\u2060]/g, "");
  const fold = (text) => tidy(text).toLowerCase();

  const MOST = 30, AROUND = 45;

  function find(query) {
    const wanted = fold(query.trim());
    if (wanted.length < 2) return null;
    const headings = [], passages = [];
    for (const record of window.itabookIndex || []) {
      const at = fold(record.text).indexOf(wanted);
      if (fold(record.title).includes(wanted)) headings.push({ record, at });
      else if (at >= 0) passages.push({ record, at });
    }
    return { wanted, found: [...headings, ...passages].slice(0, MOST) };
  }

  function marked(text, wanted) {
    const piece = document.createElement("small");
    const at = text.toLowerCase().indexOf(wanted);
    if (at < 0) { piece.textContent = text; return piece; }
    const hit = document.createElement("mark");
    hit.textContent = text.slice(at, at + wanted.length);
    piece.append(text.slice(0, at), hit, text.slice(at + wanted.length));
    return piece;
  }

  // A passage begins at a space or a letter, never at a Thai vowel or tone mark that hangs on the letter before it.
  function passage(record, at, wanted) {
    const text = tidy(record.text);
    if (at < 0) return text.slice(0, 2 * AROUND);
    let from = Math.max(0, at - AROUND), to = Math.min(text.length, at + wanted.length + AROUND);
    const hangs = (i) => /[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/.test(text[i] || "");
    while (from > 0 && hangs(from)) from -= 1;
    while (to < text.length && hangs(to)) to += 1;
    return (from > 0 ? "…" : "") + text.slice(from, to) + (to < text.length ? "…" : "");
  }

  function show(query, box) {
    box.replaceChildren();
    const result = find(query);
    if (!result) return;
    const count = document.createElement("p");
    count.textContent = result.found.length ? `พบ ${result.found.length} แห่ง` : "ไม่พบข้อความที่ค้นหา";
    box.append(count);
    for (const { record, at } of result.found) {
      const link = document.createElement("a"), title = document.createElement("strong");
      link.href = record.url;
      title.textContent = record.title === record.page ? record.page : `${record.page} · ${record.title}`;
      link.append(title, marked(passage(record, at, result.wanted), result.wanted));
      box.append(link);
    }
  }

  // The Tab key stops at a box with a chart or a table only while there is more in it than it shows.
  function stopWhereMore(boxes) {
    const kept = new Map([...boxes].map((box) => [box, [...box.attributes].filter(({ name }) => name !== "class")]));
    const seen = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        const more = target.scrollWidth > target.clientWidth;
        for (const { name, value } of kept.get(target)) {
          if (more) target.setAttribute(name, value); else target.removeAttribute(name);
        }
      }
    });
    for (const box of boxes) seen.observe(box);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const theme = document.getElementById("theme"), menu = document.getElementById("menu");
    const sidebar = document.getElementById("sidebar"), box = document.getElementById("results");
    const label = () => { theme.setAttribute("aria-pressed", String(isDark())); };
    theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; remember(root.dataset.theme); label(); });
    label();
    menu.addEventListener("click", () => menu.setAttribute("aria-expanded", String(sidebar.classList.toggle("open"))));
    box.addEventListener("click", () => { if (sidebar.classList.contains("open")) menu.click(); });
    const search = document.getElementById("search");
    search.addEventListener("input", () => show(search.value, box));
    sidebar.addEventListener("keydown", (event) => {   // Escape: away with what was found, then with the side list
      if (event.key !== "Escape") return;
      if (box.childElementCount) { search.value = ""; show("", box); search.focus(); event.preventDefault(); }
      else if (sidebar.classList.contains("open")) { menu.click(); menu.focus(); }
    });
    stopWhereMore(document.querySelectorAll(".table-box, .chart-box"));
    sidebar.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  });
})();
