// Dark mode and the side list on a phone, for the pages of the built-in renderer. No library, no request.
"use strict";
(() => {
  const root = document.documentElement;
  const remember = (value) => { try { localStorage.setItem("itabook-theme", value); } catch { /* private window */ } };
  try {
    const kept = localStorage.getItem("itabook-theme");
    if (kept) root.dataset.theme = kept;
  } catch { /* private window */ }

  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

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
    sidebar.addEventListener("keydown", (event) => {   // the search field has its own use of Escape, while something is typed
      if (event.key === "Escape" && sidebar.classList.contains("open")) { menu.click(); menu.focus(); }
    });
    stopWhereMore(document.querySelectorAll(".table-box, .chart-box"));
    sidebar.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  });
})();
