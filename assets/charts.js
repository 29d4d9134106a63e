// On a phone, where a chart is moved in its box, the picture of the levels opens where the agency's own score stands and not at
// the levels that no one is at. The pages of both renderers take this; the score is the first in the data of the figure.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const data = [...document.querySelectorAll(".figure-data")];
  const isAfter = (one, other) => other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const number = (text) => parseFloat(text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0E50));

  function open(box) {
    const score = number(data.find((one) => isAfter(one, box))?.querySelector("tbody td")?.textContent ?? "");
    const chart = box.querySelector("img");
    if (score && chart.naturalWidth) box.scrollLeft = chart.offsetWidth * score / 100 - box.clientWidth * 0.7;   // its label is left of it
  }

  for (const box of document.querySelectorAll("[id^='fig-'][id$='-bands'] .chart-box")) {
    const chart = box.querySelector("img");
    if (chart.complete) open(box); else chart.addEventListener("load", () => open(box), { once: true });
  }
});
