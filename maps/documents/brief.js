"use strict";
/* A heading sorts its table: numbers as numbers, the rest as its language sorts words. */
document.querySelectorAll("th button").forEach((button) => {
  button.addEventListener("click", () => {
    const head = button.parentElement;
    const body = head.closest("table").tBodies[0];
    const up = head.getAttribute("aria-sort") !== "ascending";
    head.parentElement.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const cell = (row) => row.cells[head.cellIndex].textContent;
    [...body.rows]
      .sort((a, b) => (up ? 1 : -1) * words.compare(cell(a), cell(b)))
      .forEach((row) => body.append(row));
  });
});
/* A page that is printed shows its pictures in place of its maps. */
addEventListener("beforeprint", () => document.querySelectorAll("details.still")
  .forEach((details) => { details.open = true; }));
