// The editor of minutes. The text is a plain text field: undo, input methods and screen readers work as anywhere. Under
// it a mirror draws line numbers and marks. Each key is compiled by the server, one text at a time, the newest next;
// each pause is saved. What is sent names the revision that it was made from; where somebody else has written meanwhile
// the server puts both together, or keeps both. Until it has taken a text, this browser keeps it.
"use strict";

(() => {
  const form = document.getElementById("minutes");
  if (!form) return;
  const words = form.dataset;
  const text = document.getElementById("text");
  const mirror = document.getElementById("mirror");
  const cards = document.getElementById("cards");
  const state = document.getElementById("save-state");
  const atLine = document.getElementById("at-line");
  const clash = document.getElementById("clash");
  const offer = document.getElementById("offer");
  const editable = "compile" in words;
  const SAVE = form.action;
  const KEY = `kept:${document.body.dataset.user}:minutes:${words.code}`;
  const PAUSE = 1500; // milliseconds without a key until a text is saved
  const LONGEST_PAUSE = 8000; // and at most so long after the first unsaved key
  const LOOK = 6000; // between two looks whether somebody else has saved
  const SHORT = 400; // milliseconds; what compiles within is compiled again as soon as a key was pressed
  const PATIENCE = 30000;

  // --- asking the server

  async function send(address, fields, again = true) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: stop.signal });
      const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!json && answer.status === 403 && again && (await freshToken())) return send(address, fields, false);
      return { status: json ? answer.status : answer.redirected ? 401 : answer.status || 500, told: json ? await answer.json() : {} };
    } finally {
      clearTimeout(late);
    }
  }

  // Whoever has signed in anew on another page has another token.
  async function freshToken() {
    const answer = await fetch(location.href);
    if (answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#minutes [name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
  }

  // --- the mirror

  let drawn = [];
  let findings = []; // of the newest compiled text, with their lines in the text as it is
  let byLine = new Map();
  let heads = new Set();

  const linesOf = (value) => value.split("\n");
  const RANK = { error: 3, warning: 2, note: 1 };

  // A finding is at the lines that hold the words it would replace, or at the first of its lines.
  function isAt(one, number) {
    if (number < one.first || number > one.last) return false;
    const held = one.fixes.some(([old]) => drawn[number - 1].includes(old));
    return held || (number === one.first && (one.first === one.last || !one.fixes.length));
  }

  function marksOf(number, line) {
    let worst = "";
    const olds = [];
    for (const one of byLine.get(number) || []) {
      const found = one.fixes.map(([old]) => old).filter((old) => line.includes(old));
      if (!found.length && (number !== one.first || (one.fixes.length && one.first !== one.last))) continue;
      if (!worst || RANK[one.severity] > RANK[worst]) worst = one.severity;
      olds.push(...found);
    }
    return { worst, olds };
  }

  function drawLine(element, line, number) {
    const { worst, olds } = marksOf(number, line);
    const kinds = [worst && `is-${worst}`, heads.has(number) && "is-head", number === caretLine && "is-at"].filter(Boolean).join(" ");
    if (element.className !== kinds) element.className = kinds;
    const key = `${line}\u0000${olds.join("\u0000")}`;
    if (element.drawnAs === key) return;
    element.drawnAs = key;
    const parts = [];
    let at = 0;
    const spots = olds.map((old) => [line.indexOf(old), old.length]).filter(([where, size]) => where >= 0 && size);
    for (const [where, size] of spots.sort((a, b) => a[0] - b[0])) {
      if (where < at) continue;
      parts.push(line.slice(at, where));
      const mark = document.createElement("mark");
      mark.textContent = line.slice(where, where + size);
      parts.push(mark);
      at = where + size;
    }
    parts.push(line.slice(at));
    element.replaceChildren(...parts);
  }

  let caretLine = 0;

  // Only what has changed is drawn: lines that begin and end alike keep their elements.
  function draw(everything = false) {
    const lines = linesOf(text.value);
    let head = 0;
    while (head < Math.min(lines.length, drawn.length) && lines[head] === drawn[head]) head += 1;
    let tail = 0;
    while (tail < Math.min(lines.length, drawn.length) - head && lines[lines.length - 1 - tail] === drawn[drawn.length - 1 - tail]) tail += 1;
    for (let extra = drawn.length - lines.length; extra > 0; extra -= 1) mirror.children[head].remove();
    for (let lack = lines.length - drawn.length; lack > 0; lack -= 1) mirror.insertBefore(document.createElement("div"), mirror.children[head] || null);
    const [from, to] = everything ? [0, lines.length] : [head, lines.length - tail];
    for (let place = from; place < to; place += 1) drawLine(mirror.children[place], lines[place], place + 1);
    drawn = lines;
  }

  const redraw = (number) => number >= 1 && number <= drawn.length && drawLine(mirror.children[number - 1], drawn[number - 1], number);

  // Where line numbers of an older text are in this one; 0 for lines that are gone.
  function mapping(older) {
    const now = drawn;
    let head = 0;
    while (head < Math.min(older.length, now.length) && older[head] === now[head]) head += 1;
    let tail = 0;
    while (tail < Math.min(older.length, now.length) - head && older[older.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    return (number) => {
      if (number <= head) return number;
      if (number > older.length - tail) return number + now.length - older.length;
      return older.length === now.length ? number : 0;
    };
  }

  // --- compiling

  let compiling = false;
  let stale = false;
  let took = 60;
  let timer = 0;
  let shownCards = []; // as the server wrote them

  function soon() {
    stale = true;
    if (compiling || timer) return;
    timer = setTimeout(compile, took <= SHORT ? 0 : Math.min(took / 2, 1000));
  }

  async function compile() {
    stale = false;
    compiling = true;
    timer = 0;
    const sent = text.value;
    const began = performance.now();
    let failed = false;
    try {
      const { status, told } = await send(words.compile, { text: sent });
      if (status === 200) show(told, linesOf(sent));
      else if (told.fault) atLine.textContent = told.fault;
      failed = status >= 500;
    } catch {
      failed = true; // the saving says how the line is
    }
    took = performance.now() - began;
    compiling = false;
    if (failed) setTimeout(soon, 3000);
    else if (stale) soon();
  }

  function show(told, sent) {
    showCards(told.cards.split(/(?=<section )/).filter((one) => one.startsWith("<section ")));
    const map = mapping(sent);
    findings = told.findings.map((one) => ({ ...one, first: map(one.first), last: map(one.last) })).filter((one) => one.first && one.last >= one.first);
    byLine = new Map();
    for (const one of findings)
      for (let number = one.first; number <= one.last; number += 1) {
        if (!byLine.has(number)) byLine.set(number, []);
        byLine.get(number).push(one);
      }
    heads = new Set(told.heads.map(map));
    draw(true);
    follow(true);
    form.dataset.compiled = String(Number(form.dataset.compiled || 0) + 1);
  }

  // Only cards that have changed are put in: the others would have to be laid out anew at each key.
  function showCards(written) {
    const changed = written.map((_, place) => place).filter((place) => written[place] !== shownCards[place]);
    shownCards = written;
    if (!changed.length && cards.children.length === written.length) return;
    const open = [...cards.querySelectorAll("details[open]")].map((one) => one.id);
    const top = cards.scrollTop;
    const list = cards.querySelector(".findings-card > ul");
    const listTop = list ? list.scrollTop : 0;
    for (const place of changed) {
      const page = document.createElement("template");
      page.innerHTML = written[place];
      if (place < cards.children.length) cards.children[place].replaceWith(page.content.firstElementChild);
      else cards.append(page.content.firstElementChild);
    }
    while (cards.children.length > written.length) cards.lastElementChild.remove();
    for (const id of open) if (document.getElementById(id)) document.getElementById(id).open = true;
    if (top) cards.scrollTop = top; // each asks for the layout, which is not cheap
    const now = cards.querySelector(".findings-card > ul");
    if (now && listTop) now.scrollTop = listTop;
  }

  // --- writing into the field

  // As if typed, so that the field's own undo takes it back; the caret stays where it was in the words around.
  function replace(start, end, put, caret = null) {
    const [from, to] = [text.selectionStart, text.selectionEnd];
    const shifted = (place) => (place <= start ? place : place >= end ? place + put.length - (end - start) : start + put.length);
    const scroll = window.scrollY;
    const focused = document.activeElement;
    text.focus({ preventScroll: true });
    text.setSelectionRange(start, end);
    const done = put ? document.execCommand("insertText", false, put) : start === end || document.execCommand("delete");
    if (!done) text.setRangeText(put, start, end, "end");
    if (caret === null) text.setSelectionRange(shifted(from), shifted(to));
    else text.setSelectionRange(caret, caret);
    if (caret === null && focused !== text && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    window.scrollTo({ top: scroll, behavior: "instant" });
    if (!done) changed();
  }

  // Another whole text, by as few letters as differ.
  function adopt(whole) {
    const was = text.value;
    if (was === whole) return;
    let head = 0;
    while (head < Math.min(was.length, whole.length) && was[head] === whole[head]) head += 1;
    let tail = 0;
    while (tail < Math.min(was.length, whole.length) - head && was[was.length - 1 - tail] === whole[whole.length - 1 - tail]) tail += 1;
    replace(head, was.length - tail, whole.slice(head, whole.length - tail));
  }

  const startOf = (number) => drawn.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const lineAt = (place) => text.value.slice(0, place).split("\n").length;

  function goTo(number) {
    const place = startOf(number);
    text.focus({ preventScroll: true });
    text.setSelectionRange(place, place);
    const line = mirror.children[number - 1];
    if (line) line.scrollIntoView({ block: "center" });
    follow();
  }

  // --- findings and their suggestions

  function spotOf(one, old) {
    const begin = startOf(Math.max(one.first - 1, 1));
    const end = startOf(Math.min(one.last + 2, drawn.length + 1));
    const exact = text.value.indexOf(old, startOf(one.first));
    const place = exact >= 0 && exact < end ? exact : text.value.indexOf(old, begin);
    return place >= 0 && place + old.length <= end ? place : -1;
  }

  function applyFix(one, nth) {
    const [old, put] = one.fixes[nth];
    const place = spotOf(one, old);
    if (place < 0) return false;
    replace(place, place + old.length, put, place + put.length);
    return true;
  }

  const here = () => findings.filter((one) => caretLine <= drawn.length && isAt(one, caretLine));

  // The suggestion for the caret's line: the first one whose words it holds.
  function fixHere() {
    for (const one of here()) {
      const nth = one.fixes.findIndex(([old]) => drawn[caretLine - 1].includes(old));
      if (nth >= 0) return { one, nth };
    }
    return null;
  }

  function applyHere() {
    const fix = fixHere();
    if (!fix) return;
    const [old, put] = fix.one.fixes[fix.nth];
    const place = startOf(caretLine) + drawn[caretLine - 1].indexOf(old);
    replace(place, place + old.length, put);
  }

  // All that a finding suggests, at once and undone at once.
  function applyAll(one) {
    const lines = [...drawn];
    for (let number = one.first; number <= Math.min(one.last, lines.length); number += 1)
      for (const [old, put] of one.fixes) lines[number - 1] = lines[number - 1].split(old).join(put);
    adopt(lines.join("\n"));
  }

  function nextFinding(step) {
    const places = drawn.map((_, place) => place + 1).filter((number) => findings.some((one) => isAt(one, number)));
    if (!places.length) return;
    const next = step > 0 ? places.find((place) => place > caretLine) || places[0] : places.filter((place) => place < caretLine).pop() || places[places.length - 1];
    goTo(next);
  }

  // The line with the caret: its findings below the text, its card lit.
  let told = "";

  function follow(anyway = false) {
    const now = lineAt(text.selectionStart);
    if (now === caretLine && !anyway) return;
    const was = caretLine;
    caretLine = now;
    redraw(was);
    redraw(now);
    for (const lit of cards.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const one of cards.querySelectorAll("[data-first]"))
      if (now >= Number(one.dataset.first) && now <= Number(one.dataset.last)) one.classList.add("lit");
    const fix = editable ? fixHere() : null;
    const one = fix ? fix.one : here()[0];
    const key = JSON.stringify([now, one && one.message, fix && one.fixes[fix.nth]]);
    if (key === told) return;
    told = key;
    const where = document.createElement("span");
    where.className = "where";
    where.textContent = `${words.lineWord} ${figures(now)}`;
    atLine.replaceChildren(where);
    if (!one) return;
    const said = document.createElement("span");
    said.className = `said is-${one.severity}`;
    said.dir = "auto";
    said.textContent = [one.message, one.suggestion].filter(Boolean).join(" ");
    atLine.append(said);
    if (!fix) return;
    const button = document.createElement("button");
    const pressed = document.createElement("kbd");
    const put = document.createElement("bdi");
    button.type = "button";
    button.className = "btn small";
    button.dataset.fixHere = "";
    put.textContent = one.fixes[fix.nth][1];
    pressed.textContent = "Alt+Enter";
    button.append(put, pressed);
    atLine.append(button);
  }

  const figures = (number) => (document.documentElement.lang === "fa" ? String(number).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(number));

  // --- saving

  let base = Number(form.elements.base.value);
  let held = text.value; // what the server has of this text
  let seen = base; // the newest revision that this page knows of
  let saving = false;
  let waits = 0; // timer of the next saving
  let first = 0; // when the first unsaved key was pressed
  let failures = 0;

  const unsaved = () => text.value !== held;

  function say(kind, sentence) {
    state.className = `save-state ${kind}`;
    if (state.textContent !== sentence) state.textContent = sentence;
  }

  function sayFault(status, fault) {
    if (status === 401) return say("lost", words.saidSignedOut);
    say("lost", fault ? words.saidRefused.replace("%(why)s", fault) : words.saidOffline);
  }

  const clock = () => figures(new Date().toTimeString().slice(0, 5));

  function keepHere() {
    try {
      if (unsaved()) localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), base, text: text.value }));
      else localStorage.removeItem(KEY);
    } catch {
      // storage is forbidden or full: the page alone keeps it
    }
  }

  function saveSoon() {
    if (!first) first = Date.now();
    clearTimeout(waits);
    waits = setTimeout(save, Math.max(Math.min(PAUSE, first + LONGEST_PAUSE - Date.now()), 0));
    if (!failures) say("unsaved", words.saidUnsaved);
  }

  async function save() {
    clearTimeout(waits);
    if (saving || !editable || !unsaved()) return;
    saving = true;
    first = 0;
    const sent = text.value;
    if (!failures) say("unsaved", words.saidSaving);
    let retry = 0;
    try {
      const { status, told } = await send(SAVE, { text: sent, base });
      if (status === 200) taken(sent, told);
      else {
        failures += 1;
        sayFault(status, told.fault);
        retry = status === 422 ? 0 : Math.min(2000 * 2 ** (failures - 1), 60000);
      }
    } catch {
      failures += 1;
      sayFault(0, "");
      retry = Math.min(2000 * 2 ** (failures - 1), 60000);
    }
    saving = false;
    keepHere();
    if (retry) waits = setTimeout(save, retry);
    else if (unsaved() && !failures) saveSoon();
  }

  function taken(sent, answer) {
    failures = 0;
    held = sent;
    seen = answer.now;
    say("", words.saidSaved.replace("%(time)s", clock()));
    if (answer.clash) {
      clash.hidden = false;
      clash.querySelector("p").textContent = words.saidClash.replace("%(name)s", `\u2068${answer.by}\u2069`);
      clash.querySelector("a").href = answer.clash;
      return; // what is written on is made from the same revision, until its author has chosen
    }
    clash.hidden = true;
    base = answer.sent;
    if (answer.text === undefined) return;
    if (text.value === sent) {
      take(answer.text, answer.now);
      say("", words.saidBoth.replace("%(name)s", `\u2068${answer.by}\u2069`));
    }
  }

  function take(whole, number) {
    held = whole; // before the field says that it has changed
    base = number;
    seen = number;
    adopt(whole);
  }

  // Somebody else's words come in while nobody types here.
  async function look() {
    if (document.hidden || saving || unsaved() || !clash.hidden) return;
    try {
      const answer = await fetch(`${words.newest}?have=${seen}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const { now, by, text: whole } = await answer.json();
      if (whole === undefined || now === seen || saving || unsaved()) return;
      take(whole, now);
      say("", words.saidBoth.replace("%(name)s", `\u2068${by}\u2069`));
    } catch {
      // the next saving says it
    }
  }

  // --- what happens

  function changed() {
    draw();
    follow();
    soon();
    if (unsaved()) {
      saveSoon();
      keepHere();
    }
  }

  text.addEventListener("input", changed);
  document.addEventListener("selectionchange", () => document.activeElement === text && follow());
  text.addEventListener("click", () => follow());

  text.addEventListener("keydown", (event) => {
    if (event.isComposing || !editable) return;
    if (event.key === " " && event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      document.execCommand("insertText", false, "\u200c");
    } else if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      applyHere();
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      nextFinding(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
      event.preventDefault();
      save();
    }
  });

  // A button with an address of its own sends the form there, once the text is saved.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    event.preventDefault();
    await save();
    if (!button || !button.hasAttribute("formaction") || unsaved() || !clash.hidden) return;
    form.elements.base.value = base;
    form.action = button.formAction;
    form.submit();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fix]");
    const link = event.target.closest("[data-line]");
    if (event.target.closest("[data-fix-here]")) applyHere();
    else if (button) {
      const one = findings.find((each) => each.key === button.dataset.fix);
      if (one && editable) "nth" in button.dataset ? applyFix(one, Number(button.dataset.nth)) : applyAll(one);
    } else if (link) {
      event.preventDefault();
      goTo(Number(link.dataset.line));
    }
  });

  clash.querySelector("a").addEventListener("click", async (event) => {
    if (!unsaved()) return;
    event.preventDefault();
    await save();
    if (!unsaved()) location.assign(clash.querySelector("a").href);
  });

  window.addEventListener("beforeunload", (event) => {
    keepHere();
    if (editable && unsaved()) event.preventDefault();
  });
  window.addEventListener("online", () => {
    failures = Math.min(failures, 1);
    save();
  });
  window.addEventListener("offline", () => unsaved() && sayFault(0, ""));

  // --- coming back: what was typed and not taken is put in again, or offered where the text has gone on

  function comeBack() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(KEY));
    } catch {
      // unreadable, or forbidden
    }
    if (!kept || typeof kept.text !== "string" || kept.text === text.value) return;
    const bring = () => {
      offer.hidden = true;
      base = kept.base;
      held = "\u0000";
      adopt(kept.text);
      changed();
      save();
    };
    if (kept.base === base) return bring();
    offer.hidden = false;
    offer.querySelector("[data-offer=bring]").addEventListener("click", bring);
    offer.querySelector("[data-offer=drop]").addEventListener("click", () => {
      offer.hidden = true;
      keepHere();
    });
  }

  draw();
  if (editable) {
    comeBack();
    soon();
    setInterval(look, LOOK);
  }

  form.editor = {
    replace,
    // Where the caret is, as a box in the source's own measures.
    caretBox() {
      const number = lineAt(text.selectionStart);
      const line = mirror.children[number - 1];
      const column = text.selectionStart - startOf(number);
      const range = document.createRange();
      let left = column;
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.length) {
          range.setStart(node, Math.max(left - 1, 0));
          range.setEnd(node, left);
          break;
        }
        left -= node.length;
      }
      const boxes = range.getClientRects();
      const box = boxes.length ? boxes[boxes.length - 1] : line.getBoundingClientRect();
      const around = document.getElementById("source").getBoundingClientRect();
      return { bottom: box.bottom - around.top, start: around.right - (boxes.length ? box.right : box.right - 52), width: around.width };
    },
  };
})();
