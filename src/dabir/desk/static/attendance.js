// The sheet of attendance: keys 1 to 4 answer a row and go to the next, and the quorum is counted while one answers.
"use strict";

(() => {
  const digits = (text, like) => (/[۰-۹]/.test(like) ? String(text).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(text));
  const answerOf = (row) => row.querySelector("input[type=radio]:checked");

  function count() {
    for (const line of document.querySelectorAll(".quorum")) {
      const rows = [...document.querySelectorAll(".roll fieldset")].filter((row) => row.dataset.counts.split(" ").includes(line.dataset.body));
      const there = rows.filter((row) => answerOf(row) && ["present", "delegate"].includes(answerOf(row).value)).length;
      const said = line.querySelector("[data-present]");
      said.textContent = digits(there, said.textContent);
      if (!line.dataset.needed) continue;
      line.classList.toggle("reached", there >= Number(line.dataset.needed));
      line.classList.toggle("short", there < Number(line.dataset.needed));
    }
  }

  document.addEventListener("change", (event) => event.target.closest(".roll") && count());

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest(".roll fieldset");
    if (!row || event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    const number = "1234".indexOf(event.key) >= 0 ? Number(event.key) : "۱۲۳۴".indexOf(event.key) + 1;
    if (!number || event.key.length > 1) return;
    event.preventDefault();
    const chosen = row.querySelectorAll("input[type=radio]")[number - 1];
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    const next = row.closest("li").nextElementSibling;
    const field = chosen.value === "delegate" ? row.querySelector(".delegate input") : next && (answerOf(next) || next.querySelector("input[type=radio]"));
    if (field) field.focus();
  });
})();
