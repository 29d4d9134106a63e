// Added by `itabook preview` to the pages that it serves; no file of the book holds it.
"use strict";
(() => {
  const mine = document.currentScript.dataset.book;
  const banner = document.createElement("div"), head = document.createElement("strong"), said = document.createElement("pre");
  banner.id = "itabook-preview";
  banner.setAttribute("role", "status");
  banner.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:9999;padding:.5rem 1rem;font:1rem/1.5 Sarabun,sans-serif;color:#fff";
  said.style.cssText = "margin:.3rem 0 0;max-height:40vh;overflow:auto;white-space:pre-wrap;font-size:.8rem;color:inherit;background:none";
  banner.append(head, said);

  function show({ busy, fault }) {
    head.textContent = busy ? "กำลังสร้างหนังสือใหม่…" : "สร้างหนังสือไม่สำเร็จ หน้านี้เป็นของเดิม";
    said.textContent = fault;
    said.hidden = !fault;
    banner.style.background = fault ? "#801650" : "#12436d";
    if (busy || fault) document.body.append(banner); else banner.remove();
  }

  function listen() {
    const link = new WebSocket(`ws://${location.host}/-/state`);
    link.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      if (state.book === mine) show(state); else location.reload();
    };
    link.onclose = () => setTimeout(listen, 1000);   // the preview was stopped, perhaps to be started again
  }
  listen();
})();
