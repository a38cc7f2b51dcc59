// One box that ticks all the boxes of its form.
"use strict";

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-choose-all]")) return;
  for (const box of event.target.form.querySelectorAll("input[name=debt]")) box.checked = event.target.checked;
});
