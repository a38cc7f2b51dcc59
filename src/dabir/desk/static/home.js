// The desk by keys: up and down the list, open, tick, acknowledge. Without scripts its links and boxes do the same.
"use strict";

(() => {
  const form = document.getElementById("jobs");
  const keysShown = document.getElementById("keys");
  const jobs = [...form.querySelectorAll("[data-job]")];
  const link = (job) => job.querySelector("a.action");
  const box = (job) => job && job.querySelector("[name=debt]");
  const current = () => document.activeElement.closest("[data-job]");
  const help = () => keysShown.showModal();

  document.querySelector("[data-help]").addEventListener("click", (event) => {
    event.preventDefault();
    help();
  });

  function step(by) {
    if (!jobs.length) return;
    const next = Math.min(Math.max(jobs.indexOf(current()) + by, 0), jobs.length - 1);
    link(jobs[next]).focus();
    jobs[next].scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const found = box(current());
    if (found) found.checked = !found.checked;
  }

  function acknowledge() {
    const found = box(current());
    if (found && !form.querySelector("[name=debt]:checked")) found.checked = true;
    if (form.querySelector("[name=debt]:checked")) form.requestSubmit();
  }

  const keys = { j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), x: tick, a: acknowledge, "?": help };
  // The same keys on a Persian keyboard.
  const persian = { "ت": "j", "ن": "k", "ط": "x", "ش": "a", "؟": "?" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open], details.menu[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const act = keys[persian[event.key] || event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
