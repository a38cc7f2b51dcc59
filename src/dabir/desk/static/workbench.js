// The workbench: one side lights the other, keys go from item to item, and a typed list of parties is never a stale one.
// What is corrected is decided by the server; htmx swaps the parts of its page in. Without scripts the page works whole.
"use strict";

(() => {
  const bench = document.getElementById("bench");
  const narrow = window.matchMedia("(max-width: 62rem)");

  // The form that brings papers; a refusal brings another one in its place.
  function beginBringing() {
    const dropForm = document.querySelector("[data-drop]");
    if (!dropForm) return;
    const file = dropForm.querySelector("[type=file]");
    const note = document.getElementById("f-file-note");
    const hint = note.innerHTML;

    // What the server would refuse is said before it is sent.
    const check = () => {
      const chosen = [...file.files];
      const large = chosen.find((one) => one.size > Number(file.dataset.largest));
      const many = chosen.length > Number(file.dataset.most);
      const fault = large ? file.dataset.tooLarge.replace("%(name)s", `\u2068${large.name}\u2069`) : many ? file.dataset.tooMany : "";
      file.setCustomValidity(fault);
      if (fault) {
        note.innerHTML = '<p class="fault" role="alert"></p>';
        note.firstChild.textContent = fault;
        file.setAttribute("aria-invalid", "true");
      } else if (file.value) {
        note.innerHTML = hint;
        file.removeAttribute("aria-invalid");
      }
    };
    file.addEventListener("change", check);

    // Sent once; a page that is come back to has its button again.
    const button = dropForm.querySelector("button.primary");
    dropForm.addEventListener("submit", () => (button.disabled = true));
    window.addEventListener("pageshow", () => (button.disabled = false));

    dropForm.addEventListener("dragover", (event) => {
      event.preventDefault();
      dropForm.classList.add("dropping");
    });
    dropForm.addEventListener("dragleave", () => dropForm.classList.remove("dropping"));
    dropForm.addEventListener("drop", (event) => {
      event.preventDefault();
      dropForm.classList.remove("dropping");
      if (event.dataTransfer.files.length) file.files = event.dataTransfer.files;
      check();
    });
  }
  beginBringing();
  document.addEventListener("page:swapped", beginBringing);

  // A part that asks how far readings are: an answer without it is the sign-in page or a refusal, which a reload shows;
  // a server that does not answer is asked again.
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (!["#reading", "#readings"].includes(ctx.select) || ctx.text.includes(`id="${ctx.select.slice(1)}"`)) return;
    event.preventDefault();
    if (ctx.response.raw.status < 500) location.reload();
  });
  // What has been read asks no longer, so that nothing interrupts the way to its workbench.
  document.addEventListener("htmx:after:settle", () => {
    const read = document.querySelector("[data-leads-to]");
    if (read) location.assign(read.dataset.leadsTo);
  });
  if (!bench) return;

  // --- lighting

  let last = null; // the item that had the focus

  const items = () => [...bench.querySelectorAll(".item")];
  const line = (number) => document.getElementById(`L${number}`);
  const itemOf = (key) => document.getElementById(`i-${key}`);

  function light(elements) {
    for (const lit of bench.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const element of elements) if (element) element.classList.add("lit");
  }

  function linesOf(item) {
    const first = Number(item.dataset.first || 0);
    const lines = [];
    for (let number = first; first && number <= Number(item.dataset.last); number += 1) lines.push(line(number));
    return lines;
  }

  function lightFrom(element) {
    const item = element.closest(".item");
    const source = element.closest("[data-item]");
    if (item) light([item, ...linesOf(item)]);
    else if (source) light([source, itemOf(source.dataset.item)]);
    return item || source;
  }

  // Within its pane only: the page itself must not jump.
  function bringIntoPane(element) {
    const pane = element && element.closest(".pane");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const box = element.getBoundingClientRect();
    const view = pane.getBoundingClientRect();
    if (box.top < view.top + 40 || box.bottom > view.bottom - 40) pane.scrollTop += box.top - view.top - view.height / 3;
  }

  bench.addEventListener("mouseover", (event) => lightFrom(event.target));
  bench.addEventListener("focusin", (event) => follow(event.target));

  // Both sides show what has the focus.
  function follow(focused) {
    const lit = lightFrom(focused);
    if (!lit) return;
    const other = lit.matches(".item") ? linesOf(lit)[0] : itemOf(lit.dataset.item);
    bringIntoPane(focused);
    if (!bench.querySelector("form.from-lines")) bringIntoPane(other); // while lines are picked, their form stays in sight
    last = focused.closest(".item") || last;
  }

  // --- panes on a narrow page

  function show(pane) {
    bench.dataset.shown = pane;
    for (const link of bench.querySelectorAll("[data-pane]")) {
      if (link.dataset.pane === pane) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function goTo(element) {
    if (!element) return;
    if (narrow.matches) show(element.closest(".paper-pane") ? "paper" : "structure");
    if (!element.matches("a, button, [tabindex]")) element = element.querySelector("a") || element;
    element.focus({ preventScroll: true });
    if (element.type === "search") element.select(); // what it began with gives way to what is typed
    bringIntoPane(element);
    if (narrow.matches) element.scrollIntoView({ block: "center" });
  }

  bench.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const hash = link.getAttribute("href");
    if (link.dataset.pane) {
      event.preventDefault();
      show(link.dataset.pane);
    } else if ("help" in link.dataset) {
      event.preventDefault();
      help();
    } else if (link.matches(".gap-count[data-gap]") && nextGap(link.dataset.gap)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (link.matches("a.no") && fillLines(link, event.shiftKey)) {
      event.preventDefault();
    } else if (hash.startsWith("#L") || hash.startsWith("#i-")) {
      event.preventDefault();
      goTo(document.getElementById(hash.slice(1)));
    }
  }, true);

  // A line number fills the form of a new resolution while that is open: a click the first line, shift the last one.
  function fillLines(link, extend) {
    const form = bench.querySelector("form.from-lines");
    if (!form) return false;
    const number = link.lastChild.textContent.trim(); // as it is shown, in the page's digits
    if (!extend) form.elements.first.value = number;
    form.elements.last.value = number;
    return true;
  }

  // --- keys

  const current = () => document.activeElement.closest(".item") || bench.querySelector(".item.lit");

  function step(by) {
    const all = items();
    const place = all.indexOf(current() || last);
    goTo(all[Math.min(Math.max(place + by, 0), all.length - 1)]);
  }

  function nextGap(kind) {
    const all = items();
    const place = all.indexOf(current() || last);
    const lacking = (item) => item.dataset.gaps && (!kind || item.dataset.gaps.split(" ").includes(kind));
    const next = all.slice(place + 1).find(lacking) || all.find(lacking);
    goTo(next);
    return next;
  }

  function nextFinding() {
    const all = [...bench.querySelectorAll(".finding:not(.settled)")];
    if (all.length) goTo(all[(all.indexOf(document.activeElement) + 1) % all.length]);
  }

  function betweenSides() {
    const source = document.activeElement.closest("[data-item]");
    const item = current();
    if (source) goTo(linesOf(last || source).includes(source) ? last : itemOf(source.dataset.item));
    else if (item && linesOf(item)[0]) goTo(linesOf(item)[0]);
  }

  function help() {
    document.getElementById("keys").showModal();
  }

  const press = (selector) => {
    const found = bench.querySelector(selector);
    if (found) found.click();
  };

  const edit = () => {
    const item = current();
    const link = item && item.querySelector("a.edit");
    if (link) link.click();
  };

  // Yes to the suggestion of this item, and on to the next one that waits for it.
  const confirm = () => {
    const item = current();
    const button = item && item.querySelector(".suggested button");
    if (button) button.click();
    else nextGap("party");
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    e: edit,
    g: () => nextGap(""),
    f: nextFinding,
    p: betweenSides,
    y: confirm,
    u: () => press("#undo button"),
    a: () => press("[data-key=accept]"),
    "?": help,
  };
  // The same keys on a Persian keyboard.
  const persian = { "ت": "j", "ن": "k", "ث": "e", "ل": "g", "ب": "f", "ح": "p", "ع": "u", "غ": "y", "ش": "a", "؟": "?" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && event.target.closest(".editor, .adding")) {
      press(".item a.edit[aria-expanded=true], .adding > a");
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      amongFound(event);
    } else if (!typing) {
      const act = keys[persian[event.key] || event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }
  });

  // --- finding a party

  function amongFound(event) {
    const form = event.target.closest("form.picker");
    if (!form) return;
    const stops = [...form.querySelectorAll("[name=who], .found button")];
    const place = stops.indexOf(event.target);
    const next = place < 0 ? null : stops[place + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  // Enter presses the first one found; a list that was found for other letters would be the wrong one.
  bench.addEventListener("input", (event) => {
    if (event.target.name === "who") event.target.form.querySelector(".found").replaceChildren();
    if (event.target.id === "due-kind") fitDue();
  });

  // Of a deadline's fields those that its kind has.
  function fitDue() {
    const form = bench.querySelector(".due-form");
    if (form) form.dataset.kind = form.elements.kind.value;
  }

  // --- after the server has answered

  const trouble = document.getElementById("trouble");

  // An answer without the structure is the sign-in page, or a fault: nothing of this page may give way to it.
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    trouble.hidden = true;
    if (ctx.select !== "#structure" || ctx.text.includes('id="structure"')) return;
    event.preventDefault();
    if (ctx.response.raw.redirected) location.assign(ctx.response.raw.url);
    else trouble.hidden = false;
  });
  document.addEventListener("htmx:error", () => {
    trouble.hidden = false;
  });
  document.addEventListener("htmx:after:settle", () => {
    fitDue();
    const wanted = bench.querySelector(".pane [autofocus]");
    if (wanted && document.activeElement === document.body) goTo(wanted);
    if (last && !last.isConnected) last = itemOf(last.dataset.key);
    follow(document.activeElement);
  });

  show("structure");
  fitDue();
  const wanted = bench.querySelector(".pane [autofocus]") || document.getElementById(location.hash.slice(1));
  if (wanted) {
    goTo(wanted);
    follow(wanted);
  }
})();
