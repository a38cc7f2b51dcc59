// A field that completes names, as the combobox of the ARIA practices with a list: arrows move in it, Enter or Tab takes
// what is lit, Escape closes it; what was typed and not taken stays words, which the server looks up. A field of several
// keeps what was taken as chips; Backspace in the empty field takes the last one off. Without scripts it is a text field.
"use strict";

(() => {
  const WAIT = 150; // milliseconds of silence before the server is asked
  const states = new WeakMap();

  const boxOf = (element) => element.closest && element.closest("[data-find]");

  function stateOf(box) {
    if (!states.has(box)) states.set(box, begin(box));
    return states.get(box);
  }

  function begin(box) {
    const input = box.querySelector("input[type=text]");
    const list = document.createElement("ul");
    list.id = `${input.id}-list`;
    list.className = "combo-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.querySelector("label").textContent.trim());
    const told = document.createElement("p");
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    input.after(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
      input.setAttribute(name, value);
    return { box, input, list, told, lit: null, timer: 0, asked: null };
  }

  function close(state) {
    clearTimeout(state.timer);
    if (state.asked) state.asked.abort();
    state.asked = null;
    state.list.hidden = true;
    state.list.replaceChildren();
    state.lit = null;
    state.input.setAttribute("aria-expanded", "false");
    state.input.removeAttribute("aria-activedescendant");
  }

  function light(state, option) {
    if (state.lit) state.lit.removeAttribute("aria-selected");
    state.lit = option;
    if (!option) return state.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    state.input.setAttribute("aria-activedescendant", option.id);
  }

  // The key that was taken; it ends with the first letter that is typed after.
  function keep(state, suffix, value) {
    const name = `${state.input.name}-${suffix}`;
    let hidden = state.box.querySelector(`input[type=hidden][name="${name}"]`);
    if (!hidden) {
      hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = name;
      state.box.append(hidden);
    }
    hidden.value = value;
  }

  function forget(state) {
    for (const hidden of state.box.querySelectorAll("input[type=hidden]")) hidden.remove();
    const note = state.box.querySelector(".combo-note");
    if (note) note.textContent = note.dataset.hint;
  }

  function addChip(state, suffix, value, name) {
    const chips = state.box.querySelector(".chips");
    const there = [...chips.querySelectorAll("input")].some((one) => one.name.endsWith(`-${suffix}`) && one.value === value);
    if (there) return;
    const item = document.createElement("li");
    const label = document.createElement("label");
    const check = document.createElement("input");
    const text = document.createElement("bdi");
    label.className = "chip";
    check.type = "checkbox";
    check.name = `${state.input.name}-${suffix}`;
    check.value = value;
    check.checked = true;
    text.textContent = name;
    label.append(check, text);
    item.append(label);
    chips.append(item);
  }

  function take(state, option) {
    const { key, name, note } = option.dataset;
    const several = "several" in state.box.dataset;
    close(state);
    forget(state);
    if (several) {
      addChip(state, key ? "is" : "words", key || name, name);
      state.input.value = "";
    } else {
      state.input.value = name;
      keep(state, key ? "is" : "words", key || name);
      const place = state.box.querySelector(".combo-note");
      if (place) place.textContent = note || place.dataset.hint;
    }
    state.told.textContent = name;
    state.input.removeAttribute("aria-invalid");
    state.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function option(state, place, key, name, note) {
    const item = document.createElement("li");
    item.id = `${state.list.id}-${place}`;
    item.setAttribute("role", "option");
    Object.assign(item.dataset, { key, name, note });
    const text = document.createElement("bdi");
    text.textContent = key ? name : `${state.box.dataset.words} «${name}»`;
    item.append(text);
    if (note) {
      const beside = document.createElement("span");
      beside.className = "faint";
      beside.textContent = note;
      item.append(beside);
    }
    return item;
  }

  function show(state, found, words) {
    const options = found.map((one, place) => option(state, place, String(one.key), one.name, one.note));
    if ("fresh" in state.box.dataset) options.push(option(state, options.length, "", words, ""));
    if (!found.length) {
      const none = document.createElement("li");
      none.className = "faint none";
      none.textContent = state.box.dataset.none;
      state.list.replaceChildren(none, ...options);
    } else {
      state.list.replaceChildren(...options);
    }
    state.list.hidden = false;
    state.input.setAttribute("aria-expanded", "true");
    state.told.textContent = found.length ? found.map((one) => one.name).join("، ") : state.box.dataset.none;
    light(state, null);
  }

  async function find(state) {
    const words = state.input.value.trim();
    if (!words) return close(state);
    if (state.asked) state.asked.abort();
    const asked = (state.asked = new AbortController());
    const address = new URL(state.box.dataset.find, location.href);
    address.searchParams.set("words", words.slice(0, 200));
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const { found } = await answer.json();
      if (state.asked === asked && document.activeElement === state.input) show(state, found, words);
    } catch (error) {
      if (error.name === "AbortError") return;
      close(state);
      state.told.textContent = state.box.dataset.offline;
    }
  }

  for (const box of document.querySelectorAll("[data-find]")) stateOf(box);

  document.addEventListener("focusin", (event) => {
    const box = boxOf(event.target);
    if (box && event.target.type === "text") stateOf(box);
  });

  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box && event.target.type === "text" && !box.contains(event.relatedTarget)) close(stateOf(box));
  });

  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box || event.target.type !== "text") return;
    const state = stateOf(box);
    forget(state);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => find(state), WAIT);
  });

  // Enter takes the only one without looking for it.
  const only = (options) => {
    const found = options.filter((one) => one.dataset.key);
    return found.length === 1 ? found[0] : null;
  };

  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.target.type !== "text" || event.ctrlKey || event.metaKey || event.isComposing) return;
    const state = stateOf(box);
    const options = [...state.list.querySelectorAll("[role=option]")];
    const open = !state.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return find(state);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = options.indexOf(state.lit);
      light(state, options[place < 0 ? (step > 0 ? 0 : options.length - 1) : (place + step + options.length) % options.length] || null);
    } else if (event.key === "Enter" && open && (state.lit || only(options))) {
      event.preventDefault();
      take(state, state.lit || only(options));
    } else if (event.key === "Tab" && open && state.lit) {
      take(state, state.lit);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close(state);
    } else if (event.key === "Backspace" && !state.input.value && "several" in box.dataset) {
      const last = box.querySelector(".chips li:last-child");
      if (last) drop(state, last);
    }
  });

  // The pointer must not take the focus out of the field.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest && event.target.closest(".combo-list")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest && event.target.closest(".combo-list [role=option]");
    if (chosen) take(stateOf(boxOf(chosen)), chosen);
  });

  function drop(state, item) {
    state.told.textContent = item.textContent.trim();
    item.remove();
    state.input.focus();
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches && event.target.matches(".chips input") && !event.target.checked)
      drop(stateOf(boxOf(event.target)), event.target.closest("li"));
  });
})();
