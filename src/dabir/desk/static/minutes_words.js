// Known words at the caret: parties, people, days, turns of the form. The text field stays a text field (a combobox may
// not be one of several lines): it names the list, the lit option and that it completes, as the ARIA practices have it.
// Tab takes what is lit, Enter only after an arrow has moved, Escape closes; whatever else is typed goes on as ever.
"use strict";

(() => {
  const form = document.getElementById("minutes");
  const text = document.getElementById("text");
  if (!form || !form.dataset.findWords) return;
  const WAIT = 120; // milliseconds of silence before the server is asked
  const SHORTEST = 2;

  const list = document.createElement("ul");
  list.id = "words-list";
  list.className = "words-list";
  list.hidden = true;
  list.tabIndex = -1;
  list.dir = "rtl";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.getAttribute("aria-label"));
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  document.getElementById("source").append(list, told);
  for (const [name, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", list.id]]) text.setAttribute(name, value);

  let lit = -1;
  let moved = false;
  let found = [];
  let timer = 0;
  let asked = null;

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    asked = null;
    found = [];
    lit = -1;
    list.hidden = true;
    list.replaceChildren();
    text.removeAttribute("aria-activedescendant");
  }

  function light(place) {
    if (list.children[lit]) list.children[lit].removeAttribute("aria-selected");
    lit = (place + found.length) % found.length;
    const option = list.children[lit];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", option.id);
  }

  function show(words) {
    found = words;
    if (!found.length) return close();
    list.replaceChildren(...found.map((one, place) => {
      const option = document.createElement("li");
      option.id = `words-${place}`;
      option.setAttribute("role", "option");
      const said = document.createElement("bdi");
      said.textContent = one.text;
      option.append(said);
      if (one.note) {
        const note = document.createElement("span");
        note.className = "faint";
        note.textContent = one.note;
        option.append(note);
      }
      return option;
    }));
    const box = form.editor.caretBox();
    list.style.setProperty("--words-top", `${box.bottom + 4}px`);
    list.hidden = false;
    list.style.setProperty("--words-side", `${Math.max(Math.min(box.start, box.width - list.offsetWidth - 8), 4)}px`);
    moved = false;
    light(0);
    told.textContent = form.dataset.saidWords.replace("%(count)s", found.length).replace("%(first)s", found[0].text);
  }

  const before = () => text.value.slice(Math.max(text.selectionStart - 120, 0), text.selectionStart).split("\n").pop();

  async function find() {
    if (text.selectionStart !== text.selectionEnd) return close();
    const words = before();
    if (words.trim().length < SHORTEST || /\s$/.test(words)) return close();
    if (asked) asked.abort();
    const mine = (asked = new AbortController());
    const address = new URL(form.dataset.findWords, location.href);
    address.searchParams.set("before", words);
    try {
      const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return close();
      const { found: words } = await answer.json();
      if (asked === mine && document.activeElement === text) show(words);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function take(place) {
    const one = found[place];
    const end = text.selectionStart;
    const start = end - one.replaces;
    close();
    form.editor.replace(start, end, one.text, start + one.text.length);
    told.textContent = one.text;
    clearTimeout(timer);
  }

  text.addEventListener("input", (event) => {
    clearTimeout(timer);
    close();
    if (event.isComposing || !String(event.inputType).startsWith("insert") || event.inputType === "insertFromPaste") return;
    timer = setTimeout(find, WAIT);
  });

  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      light(lit + (event.key === "ArrowDown" ? 1 : -1));
      moved = true;
    } else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && moved)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      take(lit);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(event.key)) {
      close();
    }
  });

  text.addEventListener("blur", close);
  text.addEventListener("pointerdown", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the text
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take([...list.children].indexOf(option));
  });
})();
