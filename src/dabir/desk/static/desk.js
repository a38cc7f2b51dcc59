// What HTML alone does not do yet: a menu that closes by Escape or a click beside it, and filters that apply themselves.
"use strict";

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.dataset.applies === "itself" && event.target.matches("select, [type=checkbox]")) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A button that copies a text, where the browser lets pages do that; the text itself is picked by one click otherwise.
if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = button.dataset.done;
});

// A refused form is shown at the address of its page, so that a reload leads there and not to the act.
{
  const address = document.querySelector("meta[name=page-address]");
  if (address) history.replaceState(null, "", address.content);
}

// `n`: the page on which something new is recorded, where this page leads there.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, dialog")) return;
  const link = ["n", "د"].includes(event.key) && document.querySelector("a[data-key=n]");
  if (link) link.click();
});
