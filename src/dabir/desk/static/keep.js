// What is typed into a form marked `data-keep` is not lost. It is kept in this browser, for this user, until the server
// has taken it. A form is sent from within its page: where the line or the server fails the page stays, says so, and
// sends the same again on one press (the server knows it for the same: `foundation/once.py`). Whoever comes back later is
// offered what was kept. Signing out takes all of it away, and another user's is taken away on sight.
"use strict";

(() => {
  const words = document.body.dataset;
  const user = words.user;
  const START = "kept:";
  const DAYS = 7 * 24 * 3600 * 1000;
  const OF_THE_PAGE = ["csrfmiddlewaretoken", "once", "next", "do"];
  const PATIENCE = 45000; // milliseconds until a server that says nothing counts as lost; what is large takes its time
  const LARGE = 100000; // characters
  const MOST = 2000000; // characters that are kept: browsers have room for about twice as many

  // Storage may be forbidden or full; then the page alone keeps what is typed.
  const stored = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null;
    }
  };
  const keys = () => stored((store) => Object.keys(store).filter((key) => key.startsWith(START))) || [];
  const drop = (key) => stored((store) => store.removeItem(key));

  if (user) for (const key of keys()) if (!key.startsWith(`${START}${user}:`)) drop(key);

  const keyOf = (form) => `${START}${user}:${form.dataset.keep || new URL(form.action, location.href).pathname}`;
  const began = new WeakMap(); // what a form held when it was shown
  let timer = 0;

  function held(form) {
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !OF_THE_PAGE.includes(name) && (form.elements[name] || {}).type !== "password",
    );
  }

  const sizeOf = (fields) => fields.reduce((sum, [, value]) => sum + value.length, 0);
  const told = (fields) => JSON.stringify(fields.filter(([, value]) => value !== ""));

  function keep(form) {
    if (!began.has(form)) return; // the server has taken it
    const fields = held(form);
    if (sizeOf(fields) > MOST) return;
    if (told(fields) === began.get(form)) return drop(keyOf(form));
    stored((store) => store.setItem(keyOf(form), JSON.stringify({ at: Date.now(), fields })));
  }

  // --- the bar that says how things are

  function bar(form, kind, text, buttons) {
    unbar(form);
    const made = document.createElement("div");
    made.className = `kept-bar ${kind}`;
    made.setAttribute("role", kind === "lost" ? "alert" : "status");
    const said = document.createElement("p");
    said.textContent = text;
    made.append(said);
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn small";
      button.textContent = label;
      button.addEventListener("click", act);
      made.append(button);
    }
    form.prepend(made);
    if (kind === "lost") made.scrollIntoView({ block: "nearest" });
    return made;
  }

  function unbar(form) {
    for (const old of form.querySelectorAll(".kept-bar")) old.remove();
  }

  // --- sending

  async function post(form, fields) {
    const stop = new AbortController();
    const files = fields.some(([, value]) => typeof value !== "string");
    const late = files || sizeOf(fields) > LARGE ? 0 : setTimeout(() => stop.abort(), PATIENCE);
    const body = files ? new FormData() : new URLSearchParams();
    for (const [name, value] of fields) body.append(name, value);
    try {
      return await fetch(form.action, { method: "POST", body, headers: { "X-Kept": "1" }, signal: stop.signal });
    } finally {
      clearTimeout(late);
    }
  }

  async function send(form, button) {
    if (form.getAttribute("aria-busy") === "true") return;
    const fields = [...new FormData(form)];
    if (button && button.name) fields.push([button.name, button.value]);
    keep(form);
    unbar(form);
    const typing = document.activeElement;
    form.setAttribute("aria-busy", "true");
    form.inert = true; // what is typed while the answer comes would be written over by it
    const again = [[words.sendAgain, () => send(form, button)]];
    try {
      const answer = await post(form, fields);
      const leads = answer.headers.get("X-Location");
      if (leads) {
        if (answer.headers.get("X-Kept") === "done") drop(keyOf(form));
        began.delete(form);
        const to = new URL(leads, location.href);
        const here = to.pathname + to.search === location.pathname + location.search;
        location.assign(leads);
        if (here && to.hash) location.reload(); // a browser only scrolls there
        return; // the form stays busy until the page has gone
      }
      const html = (answer.headers.get("Content-Type") || "").startsWith("text/html") ? await answer.text() : "";
      if ([200, 409, 422].includes(answer.status) && swap(html)) return;
      bar(form, "lost", words.notTaken.replace("%(status)s", answer.status), again);
    } catch {
      bar(form, "lost", words.cutOff, again);
    }
    form.removeAttribute("aria-busy");
    form.inert = false;
    if (typing && form.contains(typing)) typing.focus({ preventScroll: true });
    for (const pressed of form.querySelectorAll("button[disabled]")) pressed.disabled = false;
  }

  // The answer's page takes the place of this one.
  function swap(html) {
    const page = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (!page) return false;
    document.querySelector("main").replaceWith(document.adoptNode(page));
    begin(false);
    if (window.htmx) window.htmx.process(page);
    document.dispatchEvent(new CustomEvent("page:swapped"));
    const wanted = page.querySelector("[autofocus]");
    if (wanted) wanted.focus();
    else window.scrollTo(0, 0);
    return true;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action, location.href).pathname === words.signOut) {
      for (const key of keys()) drop(key);
    } else if ("keep" in form.dataset && !event.defaultPrevented) {
      event.preventDefault();
      send(form, event.submitter);
    }
  });

  const kept = (element) => (element.form && "keep" in element.form.dataset ? element.form : null);

  function changed(event) {
    const form = kept(event.target) || (event.target.closest && event.target.closest("form[data-keep]"));
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => keep(form), 300);
  }

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  window.addEventListener("pagehide", () => {
    for (const form of document.querySelectorAll("form[data-keep]")) if (began.has(form)) keep(form);
  });

  // --- the line

  window.addEventListener("offline", () => {
    for (const form of document.querySelectorAll("form[data-keep]"))
      if (began.has(form) && told(held(form)) !== began.get(form)) bar(form, "off", words.offline, []);
  });
  window.addEventListener("online", () => {
    for (const old of document.querySelectorAll(".kept-bar.off")) old.remove();
  });

  // --- coming back

  async function restore(form, fields) {
    if (!form.dataset.restore) {
      fill(form, fields);
      return unbar(form);
    }
    const own = [...new FormData(form)].filter(([name]) => OF_THE_PAGE.includes(name));
    try {
      const answer = await post(form, [...own, ...fields, form.dataset.restore.split("=")]);
      if (answer.ok && swap(await answer.text())) return;
      bar(form, "lost", words.notTaken.replace("%(status)s", answer.status), []);
    } catch {
      bar(form, "lost", words.cutOff, [[words.bringBack, () => restore(form, fields)]]);
    }
  }

  function fill(form, fields) {
    const left = [...fields];
    for (const element of form.elements) {
      if (!element.name || OF_THE_PAGE.includes(element.name) || ["hidden", "file", "password", "submit"].includes(element.type)) continue;
      if (element.type === "checkbox" || element.type === "radio") {
        element.checked = fields.some(([name, value]) => name === element.name && value === element.value);
        continue;
      }
      const place = left.findIndex(([name]) => name === element.name);
      if (place >= 0) element.value = left.splice(place, 1)[0][1];
    }
  }

  function begin(offering) {
    if (!user) return;
    for (const form of document.querySelectorAll("form[data-keep]")) {
      began.set(form, offering ? told(held(form)) : "");
      const text = offering && stored((store) => store.getItem(keyOf(form)));
      if (!text) continue;
      const { at, fields } = JSON.parse(text);
      if (Date.now() - at > DAYS) drop(keyOf(form));
      else if (told(fields) !== told(held(form)))
        bar(form, "offer", words.offered, [
          [words.bringBack, () => restore(form, fields)],
          [words.throwAway, () => { drop(keyOf(form)); unbar(form); }],
        ]);
    }
  }

  begin(!document.querySelector("meta[name=page-address]"));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[aria-busy]")) {
      form.removeAttribute("aria-busy");
      form.inert = false;
    }
  });
})();
