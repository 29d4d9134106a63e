// Search in the pages of the built-in renderer. The index is a script, so that it is read from file:// too, and is loaded
// when the search field is first used. No library, no other request.
"use strict";
(() => {
  const MOST = 30, AROUND = 45;
  const INDEX = "search-index.js";

  // Letters typed in another form or order still match: one form of sara am, no zero-width signs. The index is written so.
  const tidy = (text) => text.replace(/\u0E4D([\u0E48-\u0E4B]?)\u0E32/g, "$1\u0E33").replace(/[\u200B-\u200D\u2060\u00AD]/g, "");
  // As they are compared: small letters, Arabic digits, plain blanks; no letter becomes two, so places stay what they are.
  // Thai letters take the place of those of Latin 1, other signs that of one: a browser keeps such text in half the memory,
  // and finds a letter in it many times faster.
  const OTHER = 1;
  function code(letter) {
    if (letter >= 0x41 && letter <= 0x5A) return letter + 0x20;
    if (letter >= 0x0E50 && letter <= 0x0E59) return letter - 0x0E20;
    if (letter >= 0x0E01 && letter <= 0x0E5B) return letter - 0x0D60;
    if (letter === 0xA0) return 0x20;
    return letter < 0x80 ? letter : OTHER;
  }
  function fold(text) {
    const codes = new Uint8Array(text.length), parts = [];
    for (let i = 0; i < text.length; i += 1) codes[i] = code(text.charCodeAt(i));
    for (let from = 0; from < codes.length; from += 8192) parts.push(String.fromCharCode(...codes.subarray(from, from + 8192)));
    return parts.join("");
  }

  let records = null, loading = null;

  function load() {
    loading ||= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = INDEX;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    }).then(() => {
      records = window.itabookIndex.map((shown) =>
        ({ shown, page: fold(shown.page), title: fold(shown.title), text: fold(shown.text) }));
    });
    return loading;
  }

  // Where all words occur: whole headings, then headings, then text; each in the order of the book. A word may stand in the
  // name of the chapter too, but not all of them, else every passage of a chapter would be found by its name.
  function find(words) {
    const whole = words.join(" "), found = [[], [], []];
    let count = 0;
    for (const record of records) {
      let inTitle = true, here = false, all = true;
      for (const word of words) {
        const titled = record.title.includes(word), told = titled || record.text.includes(word);
        inTitle &&= titled;
        here ||= told;
        if (!told && !record.page.includes(word)) { all = false; break; }
      }
      if (!all || !here) continue;
      count += 1;
      const rank = found[record.title === whole ? 0 : inTitle ? 1 : 2];
      if (rank.length < MOST) rank.push(record);
    }
    return { count, best: found.flat().slice(0, MOST) };
  }

  // The words of a text as <mark>, the rest as it is.
  function marked(name, text, words) {
    const piece = document.createElement(name), folded = fold(text);
    let from = 0;
    for (;;) {
      let at = -1, length = 0;
      for (const word of words) {
        const place = folded.indexOf(word, from);
        if (place >= 0 && (at < 0 || place < at || (place === at && word.length > length))) { at = place; length = word.length; }
      }
      if (at < 0) break;
      const hit = document.createElement("mark");
      hit.textContent = text.slice(at, at + length);
      piece.append(text.slice(from, at), hit);
      from = at + length;
    }
    piece.append(text.slice(from));
    return piece;
  }

  // A passage begins at a space or a letter, never at a Thai vowel or tone mark that hangs on the letter before it.
  function passage({ shown: { text }, text: folded }, words) {
    const places = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0);
    if (!places.length) return text.slice(0, 2 * AROUND);
    const hangs = (i) => /[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/.test(text[i] || "");
    let from = Math.max(0, Math.min(...places) - AROUND), to = Math.min(text.length, Math.min(...places) + 2 * AROUND);
    while (from > 0 && hangs(from)) from -= 1;
    while (to < text.length && hangs(to)) to += 1;
    return (from > 0 ? "…" : "") + text.slice(from, to) + (to < text.length ? "…" : "");
  }

  function entry(record, words) {
    const link = document.createElement("a"), { url, page, title } = record.shown;
    link.href = url;
    link.append(marked("strong", title === page ? page : `${page} · ${title}`, words), marked("small", passage(record, words), words));
    return link;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const search = document.getElementById("search"), box = document.getElementById("results"), told = document.getElementById("found");
    const number = (value) => search.dataset.digits === "thai"
      ? value.toLocaleString("en").replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xE20)) : value.toLocaleString("en");

    function show() {
      const query = fold(tidy(search.value)).trim();
      box.replaceChildren();
      told.textContent = "";
      if (query.length < 2) return;
      if (!records) { told.textContent = "กำลังเปิดดัชนี"; return; }
      const words = [...new Set(query.split(/\s+/))], { count, best } = find(words);
      if (!count) told.textContent = "ไม่พบข้อความที่ค้นหา";
      else if (count > best.length) told.textContent = `แสดง ${number(best.length)} จาก ${number(count)} แห่ง`;
      else told.textContent = `พบ ${number(count)} แห่ง`;
      box.append(...best.map((record) => entry(record, words)));
    }

    const open = () => load().then(show, () => { told.textContent = "เปิดดัชนีค้นหาไม่ได้ โปรดเปิดหน้านี้ใหม่"; });
    search.addEventListener("focus", open, { once: true });
    let due = 0;   // only the last of several keystrokes is answered, after what the browser has to do for them
    search.addEventListener("input", () => { if (!loading) open(); clearTimeout(due); due = setTimeout(show); });

    function step(by) {   // up and down: the field, then what was found
      const stops = [search, ...box.querySelectorAll("a")], at = stops.indexOf(document.activeElement) + by;
      if (at < 0 || at >= stops.length) return;
      stops[at].focus();
    }
    search.closest(".search").addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp") step(-1);
      else if (event.key === "Enter" && event.target === search) box.querySelector("a")?.click();
      else if (event.key === "Escape" && search.value) { search.value = ""; show(); search.focus(); event.stopPropagation(); }
      else return;
      event.preventDefault();
    });
  });
})();
