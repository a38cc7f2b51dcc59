// Old registers: one box that ticks all the boxes of its form; and a form that takes its time says so.
"use strict";

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-choose-all]")) return;
  for (const box of event.target.form.querySelectorAll("input[name=debt], input[name=line]")) box.checked = event.target.checked;
});

document.addEventListener("submit", (event) => {
  const text = event.target.dataset.busy;
  const button = text && event.target.querySelector("button");
  if (!button) return;
  button.textContent = text;
  button.setAttribute("aria-busy", "true");
});

// Back from another page: the words of before.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[aria-busy=true]")) location.reload();
});
