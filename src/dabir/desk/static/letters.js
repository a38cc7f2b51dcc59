"use strict";

// A form whose answer is shown once (codes) goes once: a second press would throw the answer of the first away.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.once === "sent") event.preventDefault();
  form.dataset.once = "sent";
  setTimeout(() => { form.dataset.once = ""; }, 10000);
});

// One box that ticks all boxes of its form with the name that it says.
document.addEventListener("change", (event) => {
  const name = event.target.dataset.chooseAll;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[type=checkbox][name="${name}"]`)) box.checked = event.target.checked;
});

// Numbers: what is pasted pairs at once; a letter moves up and down; Ctrl+Enter sends from the field.
{
  const form = document.getElementById("numbers");
  const table = form && form.elements.table;
  const press = (value) => form.requestSubmit(form.querySelector(`button[name=do][value=${value}]`));
  if (table) {
    table.addEventListener("paste", () => {
      if (!table.value) setTimeout(() => press("paste"));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target === table ? !(event.ctrlKey && event.key === "Enter") : false) return;
      if (!event.target.matches("input:not([type=checkbox]), textarea")) return;
      event.preventDefault();
      press(event.target === table ? "paste" : "give");
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      const row = button.closest("tr");
      const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (button.dataset.move === "up") other.before(row);
      else other.after(row);
      for (const [at, one] of [...row.parentElement.children].entries()) {
        one.querySelector(".no").textContent = (at + 1).toLocaleString(document.documentElement.lang);
      }
      button.focus();
    });
  }
}

// The picture of a letter follows its letterhead while that is typed.
{
  const form = document.getElementById("letterhead");
  const picture = document.getElementById("letterhead-picture");
  if (form && picture) {
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const values = new URLSearchParams([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "once"].includes(name)));
        const next = new Image();
        next.addEventListener("load", () => { picture.src = next.src; });
        next.src = `${picture.dataset.from}?${values}`;
      }, 350);
    });
  }
}
