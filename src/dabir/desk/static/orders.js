// Writing an order: only the fields that its way and kind have, Ctrl+Enter to record, and a pasted paragraph is read.
"use strict";

(() => {
  const formOf = (element) => element.closest && element.closest("form.by-hand");

  // Without scripts all fields stand there.
  function fit() {
    const form = document.querySelector("form.by-hand");
    if (!form) return;
    form.classList.add("fitted");
    form.dataset.way = form.elements.way.value;
    for (const owed of form.querySelectorAll(".owed")) owed.dataset.kind = owed.querySelector("select[name$='-kind']").value;
  }

  const press = (form, value) => form.requestSubmit(form.querySelector(`button[name=do][value=${value}]:not([aria-hidden])`));

  document.addEventListener("change", (event) => formOf(event.target) && fit());

  document.addEventListener("keydown", (event) => {
    const form = formOf(event.target);
    if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    press(form, "save");
  });

  // Only into debts that nobody has written yet: what is typed is not written over.
  document.addEventListener("paste", (event) => {
    const form = formOf(event.target);
    if (!form || event.target.name !== "text") return;
    const typed = [...form.querySelectorAll(".owed textarea, .owed input:not([type=hidden])")].some((field) => field.value);
    const words = event.clipboardData ? event.clipboardData.getData("text").trim() : "";
    if (!typed && words.split(/\s+/).length > 3) setTimeout(() => press(form, "read"));
  });

  document.addEventListener("page:swapped", fit);
  fit();
})();
