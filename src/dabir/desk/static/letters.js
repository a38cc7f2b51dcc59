"use strict";

// A form whose answer is shown once (codes) goes once: a second press would throw the answer of the first away.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.once === "sent") event.preventDefault();
  form.dataset.once = "sent";
  setTimeout(() => { form.dataset.once = ""; }, 10000);
});
