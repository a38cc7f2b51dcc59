// The date field: which day is being typed, and the sheet of a month that its button opens. What a month holds and what a
// text means is the server's to say; here are the keys, those of the date picker in the ARIA authoring practices.
"use strict";

(() => {
  document.documentElement.classList.add("scripted"); // the buttons show; without this script they would do nothing

  // --- which day it is

  const timers = new WeakMap();

  async function say(field) {
    const box = field.closest(".day-field");
    const output = box.querySelector("output");
    const typed = field.value;
    if (!typed.trim()) return output.replaceChildren();
    try {
      const response = await fetch(`${field.dataset.says}?${new URLSearchParams({ day: typed })}`);
      if (!response.ok || response.redirected) return;
      const text = await response.text();
      if (field.value !== typed) return;
      output.innerHTML = text;
      // A form that came back says what is wrong already.
      const told = box.querySelector(":scope > .fault")?.textContent.trim();
      if (told && told === output.textContent.trim()) output.replaceChildren();
    } catch {
      output.replaceChildren(); // the line is down; the server will understand it when it is sent
    }
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-says]")) return;
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(say, 250, field));
  });

  const sayAll = () => {
    for (const field of document.querySelectorAll("[data-says]")) {
      if (field.value && !field.closest(".day-field").querySelector("output").hasChildNodes()) say(field);
    }
  };
  document.addEventListener("htmx:after:settle", sayAll);
  sayAll();

  // --- the sheet

  let sheet = null;
  let field = null; // whose sheet is open
  let picked = ""; // the day that was in it
  let chain = Promise.resolve(); // keys that come while a month is on its way wait for it
  const months = new Map();

  const days = () => [...sheet.querySelectorAll("[data-value]")];
  const atPlace = () => days().indexOf(sheet.querySelector("[tabindex='0']"));
  const opener = () => field.parentElement.querySelector("[data-sheet]");

  function fetched(query) {
    const address = `${opener().dataset.sheet}?${new URLSearchParams(query)}`;
    if (!months.has(address)) {
      const coming = fetch(address).then(async (response) => {
        const text = response.ok && !response.redirected ? await response.text() : "";
        if (!text.includes('role="grid"')) throw new Error("no month");
        return text;
      });
      months.set(address, coming);
      coming.catch(() => months.delete(address));
    }
    return months.get(address);
  }

  // Draws a month, with the keys on the day that `wanted` picks of it; on the button of that turn, if it was one.
  async function show(query, wanted, turn) {
    let text;
    try {
      text = await fetched(query);
    } catch {
      const fault = document.createElement("span");
      fault.className = "fault";
      fault.textContent = opener().dataset.trouble;
      field.closest(".day-field").querySelector("output").replaceChildren(fault);
      return close();
    }
    sheet.innerHTML = text;
    for (const day of days()) day.setAttribute("aria-selected", String(day.dataset.value === picked));
    keysOn(wanted(days()), !turn);
    if (!sheet.open) {
      sheet.showModal();
      opener().setAttribute("aria-expanded", "true");
    }
    const button = turn && sheet.querySelector(`[data-turn="${turn}"]`);
    if (button && !button.disabled) button.focus();
    else sheet.querySelector("[tabindex='0']").focus();
    place();
  }

  const chosen = (all) => all.find((day) => day.dataset.value === picked);
  const today = (all) => all.find((day) => day.hasAttribute("aria-current"));

  function keysOn(day, focus = true) {
    for (const other of days()) other.tabIndex = other === day ? 0 : -1;
    if (focus && sheet.open) day.focus();
  }

  // Below its field where there is room, else above it; at the foot of a telephone.
  function place() {
    const entry = field.parentElement.getBoundingClientRect();
    const box = sheet.getBoundingClientRect();
    const below = entry.bottom + 4 + box.height <= window.innerHeight;
    const top = below ? entry.bottom + 4 : Math.max(entry.top - 4 - box.height, 4);
    const start = getComputedStyle(sheet).direction === "rtl" ? entry.right - box.width : entry.left;
    sheet.style.setProperty("--sheet-top", `${top}px`);
    sheet.style.setProperty("--sheet-side", `${Math.min(Math.max(start, 4), window.innerWidth - box.width - 4)}px`);
  }

  function open(button) {
    field = button.parentElement.querySelector("input");
    if (!sheet) make();
    const said = field.closest(".day-field").querySelector("output [data-day]");
    picked = field.value && said ? said.dataset.day : "";
    chain = chain.then(() => show(picked ? { day: picked } : {}, (all) => chosen(all) || today(all) || all[0]));
  }

  function make() {
    sheet = document.createElement("dialog");
    sheet.className = "day-sheet";
    sheet.setAttribute("aria-labelledby", "day-sheet-title");
    document.body.append(sheet);
    sheet.addEventListener("close", closed);
    sheet.addEventListener("keydown", keys);
    sheet.addEventListener("click", clicked);
  }

  const close = () => sheet.open && sheet.close();

  function closed() {
    opener().setAttribute("aria-expanded", "false");
    sheet.replaceChildren();
    field.focus();
  }

  function choose(day) {
    field.value = day.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }

  function clicked(event) {
    const day = event.target.closest("[data-value]");
    const turn = event.target.closest("[data-turn]");
    const same = atPlace();
    if (day) choose(day);
    else if (turn) go(turn.dataset.month, (all) => all[Math.min(same, all.length - 1)], turn.dataset.turn);
    else if (event.target.closest("[data-today]")) toToday();
    else if (event.target.closest("[data-close]") || event.target === sheet) close();
  }

  const go = (month, wanted, turn) => {
    if (month) chain = chain.then(() => show({ month }, wanted, turn));
  };
  const toToday = () => {
    chain = chain.then(() => show({}, today));
  };
  const monthAt = (turn) => sheet.querySelector(`[data-turn="${turn}"]`).dataset.month;

  // --- keys: arrows go as they point, in both directions of writing

  function step(by) {
    const all = days();
    const there = atPlace() + by;
    if (there >= 0 && there < all.length) return keysOn(all[there]);
    const month = monthAt(there < 0 ? -1 : 1);
    return month && show({ month }, (days) => days[there < 0 ? days.length + there : there - all.length]);
  }

  function turned(by) {
    const month = monthAt(by);
    const same = atPlace();
    return month && show({ month }, (all) => all[Math.min(same, all.length - 1)]);
  }

  function edge(last) {
    const week = [...sheet.querySelector("[tabindex='0']").parentElement.querySelectorAll("[data-value]")];
    keysOn(last ? week[week.length - 1] : week[0]);
  }

  function keys(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (["t", "T", "ف"].includes(event.key)) {
      event.preventDefault();
      toToday();
      return;
    }
    if (!event.target.closest("[data-value]")) return;
    const ahead = getComputedStyle(sheet).direction === "rtl" ? -1 : 1;
    const act = {
      ArrowRight: () => step(ahead),
      ArrowLeft: () => step(-ahead),
      ArrowDown: () => step(7),
      ArrowUp: () => step(-7),
      PageDown: () => turned(event.shiftKey ? 12 : 1),
      PageUp: () => turned(event.shiftKey ? -12 : -1),
      Home: () => edge(false),
      End: () => edge(true),
      Enter: () => choose(sheet.querySelector("[tabindex='0']")),
      " ": () => choose(sheet.querySelector("[tabindex='0']")),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    chain = chain.then(() => sheet.open && act());
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sheet]");
    if (button) open(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || !event.target.matches("[data-says]")) return;
    event.preventDefault();
    open(event.target.parentElement.querySelector("[data-sheet]"));
  });
  window.addEventListener("resize", () => sheet && sheet.open && place());
})();
