"use strict";
// The rows come as JSON in the page. Only those that are in sight are drawn; all text is text, never HTML.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const STEP = 50;
  const SIGNS = { failed: "▲", flagged: "◆", not_done: "○", settled: "–", ok: "✓" };
  const $ = (id) => document.getElementById(id);
  const list = $("list");
  const state = { verdicts: new Set(), changed: false, who: "", shown: 0, rows: data.rows, open: null };

  const make = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const pad = (number) => String(number).padStart(2, "0");
  const clock = (seconds) => {
    const whole = Math.floor(seconds), hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
  };
  const link = (address, text) => {
    const made = make("a", "link", text);
    made.href = address;
    return made;
  };
  // Of a name too long to be read the middle goes: names are told apart by how they begin and how they end.
  const short = (name) => (name.length > 96 ? `${name.slice(0, 48)} … ${name.slice(-44)}` : name);

  function prepare(row) {
    const words = row.spots.map((spot) => spot.words + " " + spot.code.replaceAll("_", " "));
    row.text = [row.talk, row.speaker, row.room, row.day, row.word, row.wrong, row.source, ...(row.parts || []), row.small,
      ...(row.changes || []).map((one) => one.text), ...words]
      .join(" ").toLowerCase();
    row.codes = new Set(row.spots.filter((spot) => !spot.accepted && spot.severity !== "note").map((spot) => spot.code));
  }

  data.rows.forEach(prepare);

  const orders = {
    worst: null,
    place: (a, b) => a.place - b.place,
    talk: (a, b) => a.by_name - b.by_name,
    long: (a, b) => b.length_s - a.length_s,
    large: (a, b) => b.size_bytes - a.size_bytes,
  };

  function choose() {
    const day = $("day").value, room = $("room").value, code = $("code").value;
    const wanted = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = data.rows.filter((row) =>
      (!state.verdicts.size || state.verdicts.has(row.state)) &&
      (!state.changed || row.changed) && (day === "*" || row.day === day) && (room === "*" || row.room === room) &&
      (code === "*" || row.codes.has(code)) && wanted.every((word) => row.text.includes(word)));
    const order = orders[$("sort").value];
    state.rows = order ? rows.sort(order) : rows;
    draw();
  }

  function draw() {
    close();
    state.shown = 0;
    list.replaceChildren();
    more(STEP);
    const all = data.rows.length, some = state.rows.length;
    $("count").textContent = some === all ? `${all} talks` : `${some} of ${all} talks`;
    $("none").hidden = some > 0;
  }

  function more(number) {
    const next = state.rows.slice(state.shown, state.shown + number);
    list.append(...next.map(drawn));
    state.shown += next.length;
    $("more").hidden = state.shown >= state.rows.length;
  }

  function drawn(row) {
    const made = make("li", `row ${row.state}`);
    made.dataset.key = row.key;
    const thumb = row.picture ? make("img", "thumb") : make("span", "thumb");
    if (row.picture) { thumb.src = row.picture; thumb.alt = ""; }
    const who = make("div", "who");
    const name = make("strong", "", short(row.talk));
    name.title = row.talk;
    const facts = [row.speaker, row.day, row.room, row.time, row.length, row.size].filter(Boolean).join(" · ");
    who.append(name, make("p", "quiet", facts));
    const what = make("div", "what");
    if (row.wrong) what.append(make("span", `wrong ${row.severity}`, row.wrong));
    if (row.where_s !== null) what.append(make("span", "on-paper", ` at ${clock(row.where_s)}`));
    if (row.more) what.append(make("span", "quiet", ` and ${row.more} more`));
    const acts = make("p", "acts");
    if (row.video && row.where_s !== null) acts.append(player(row, row.where_s, `▶ Play at ${clock(row.where_s)}`));
    if (row.report) acts.append(link(row.report, "Report"));
    if (row.video) acts.append(link(row.video, "MP4"));
    for (const one of row.apart || []) if (one.video) acts.append(link(one.video, `MP4 of ${short(one.name)}`));
    if (row.spots.length || row.changed) {
      const opener = make("button", "plain open", "Details");
      opener.type = "button";
      opener.setAttribute("aria-expanded", "false");
      opener.addEventListener("click", () => (state.open === made ? close() : open(made, row)));
      acts.append(opener);
    }
    what.append(acts);
    if (row.small) what.append(make("p", "quiet fine", row.small));
    if (row.changed) what.append(make("p", "quiet fine since", `Since the last run: ${row.changed}`));
    made.append(thumb, who, what, make("div", `badge ${row.state}`, `${SIGNS[row.state]} ${row.word}`));
    return made;
  }

  function player(row, at_s, words) {
    const button = make("button", "play", words);
    button.type = "button";
    button.addEventListener("click", () => play(button.closest(".row"), row, at_s));
    return button;
  }

  function open(made, row) {
    if (state.open === made) return;
    close();
    state.open = made;
    made.querySelector(".open")?.setAttribute("aria-expanded", "true");
    const details = make("div", "details");
    details.append(make("div", "screen"));
    for (const spot of row.spots) {
      const one = make("div", `spot ${spot.accepted ? "accepted" : spot.severity}`);
      if (row.video && spot.end_s > 0) one.append(player(row, spot.start_s, `▶ ${clock(spot.start_s)}`));
      one.append(make("b", "", spot.words), make("p", "", spot.message));
      if (spot.accepted) one.append(make("p", "quiet fine", spot.accepted));
      else if (spot.remedy) one.append(make("p", "quiet", spot.remedy));
      one.append(...word(row, spot));
      details.append(one);
    }
    if (row.state === "failed") details.append(command("What became of it?", row, "--lost"));
    if (row.changed) details.append(changes(row));
    const recordings = row.parts.length ? row.parts : [row.source];
    details.append(make("p", "quiet fine", `Recording${row.parts.length ? "s" : ""}: ${recordings.join(" · ")}`));
    made.append(details);
  }

  // How a person says that what was found is fine: here, where a box serves the page; else by a command.
  function word(row, spot) {
    if (!row.video || (spot.severity === "note" && !spot.accepted)) return [];
    if (data.served) return [form(row, spot)];
    return spot.accepted ? [] : [command("Fine as it is?", row, `${spot.code}@${Number(spot.start_s.toFixed(3))}`)];
  }

  function command(title, row, what) {
    const made = make("details", "accept");
    const text = `stagebox accept ${quoted(row)} ${what} --note '…'`;
    made.append(make("summary", "", title), "Say why, in a terminal: ", make("code", "", text));
    return made;
  }

  // The MP4's path on the computer where this page lies, else the recording's; as a shell takes it.
  function quoted(row) {
    let path = row.source;
    try {
      const from = new URL(row.video || "", location);
      if (row.video && from.protocol === "file:") path = decodeURIComponent(from.pathname);
    } catch { /* a name that is no UTF-8: the report spells it */ }
    return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'"'"'`)}'`;
  }

  function form(row, spot) {
    const made = make("form", "accept"), told = make("output");
    const field = (name, longest, hint) => {
      const input = make("input");
      Object.assign(input, { name, maxLength: longest, placeholder: hint, required: name === "note" });
      input.setAttribute("aria-label", hint);
      return input;
    };
    if (!spot.accepted) {
      made.append(field("note", 500, "Why is this fine?"), field("who", 100, "Your name"));
      made.elements.who.value = state.who;
    }
    made.append(make("button", spot.accepted ? "undo" : "", spot.accepted ? "Take it back" : "Accept"), told);
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      const body = { code: spot.code, at_s: spot.start_s };
      if (!spot.accepted) {
        Object.assign(body, { note: made.elements.note.value, who: made.elements.who.value });
        state.who = body.who;
      }
      say(made, row, told, spot.accepted ? "DELETE" : "POST", body);
    });
    return made;
  }

  async function say(made, row, told, method, body) {
    told.textContent = "…";
    try {
      const options = { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
      const answer = await fetch(`talks/${row.key}/accepted`, options);
      const value = await answer.json();
      if (answer.ok) return again(made.closest(".row"), row, value);
      told.textContent = typeof value.detail === "string"
        ? `${value.detail} ${value.remedy || ""}` : "This was not understood.";
    } catch {
      told.textContent = "stagebox does not answer. Nothing was changed.";
    }
  }

  // The row as it is now, at the place where it stood: whoever goes through the list stays in it.
  function again(made, row, value) {
    Object.assign(row, value, { picture: row.picture, changed: value.changed, changes: value.changes });
    prepare(row);
    const fresh = drawn(row), screen = made.querySelector(".screen");
    made.replaceWith(fresh);
    state.open = null;
    if (row.spots.length || row.changed) open(fresh, row);
    if (screen) fresh.querySelector(".screen")?.replaceWith(screen);
    fresh.querySelector(".open")?.focus({ preventScroll: true });
    for (const button of document.querySelectorAll("[data-verdict]")) {
      const name = button.dataset.verdict, number = data.rows.filter((one) => one.state === name).length;
      button.textContent = `${number} ${data.words[name][number === 1 ? 0 : 1]}`;
      button.className = number ? name : "none";
    }
  }

  function changes(row) {
    const made = make("div", "changes");
    const was = row.before ? `, it was “${row.before}”` : "";
    made.append(make("b", "", `Since the last run${was}`), make("p", "quiet fine", data.since[row.since]));
    const list = make("ul");
    list.append(...row.changes.map((one) => make("li", one.worse ? "worse" : "", one.text)));
    if (row.changes.length) made.append(list);
    else made.append(make("p", "quiet", row.changed));
    return made;
  }

  function close() {
    if (!state.open) return;
    const video = state.open.querySelector("video");
    if (video) { video.pause(); video.removeAttribute("src"); video.load(); }
    state.open.querySelector(".details")?.remove();
    state.open.querySelector(".open")?.setAttribute("aria-expanded", "false");
    state.open = null;
  }

  function play(made, row, at_s) {
    open(made, row);
    const screen = made.querySelector(".screen");
    let video = screen.querySelector("video");
    const start = () => {
      video.currentTime = at_s;
      video.play().catch(() => {});
    };
    if (video) {
      start();
    } else {
      video = make("video");
      video.controls = true;
      video.preload = "metadata";
      video.addEventListener("loadedmetadata", () => {
        start();
        made.scrollIntoView({ block: "nearest" });
      }, { once: true });
      video.addEventListener("error", () => {
        screen.replaceChildren(make("p", "warning", "This MP4 cannot be played here. Is it still where it was made?"));
        screen.append(link(row.video, "Open the file"));
      });
      video.src = row.video;
      screen.replaceChildren(video);
    }
    made.scrollIntoView({ block: "nearest" });
  }

  function fill(id, values, words) {
    const select = $(id);
    for (const value of values) {
      const option = make("option", "", words(value));
      option.value = value;
      select.append(option);
    }
    select.parentElement.hidden = values.length < 2;
    select.addEventListener("change", choose);
  }

  fill("day", data.days, (day) => day || "no day known");
  fill("room", data.rooms, (room) => room || "no room known");
  fill("code", data.codes.map((one) => one[0]), (code) => data.codes.find((one) => one[0] === code)[1]);
  $("sort").addEventListener("change", choose);
  $("search").addEventListener("input", choose);
  for (const button of document.querySelectorAll("[data-verdict]")) {
    button.addEventListener("click", () => {
      const verdict = button.dataset.verdict, on = !state.verdicts.has(verdict);
      if (on) state.verdicts.add(verdict); else state.verdicts.delete(verdict);
      button.setAttribute("aria-pressed", String(on));
      choose();
    });
  }
  $("changed")?.addEventListener("click", () => {
    state.changed = !state.changed;
    $("changed").setAttribute("aria-pressed", String(state.changed));
    choose();
  });
  $("clear").addEventListener("click", () => {
    for (const id of ["day", "room", "code"]) $(id).value = "*";
    $("search").value = "";
    state.verdicts.clear();
    state.changed = false;
    for (const button of document.querySelectorAll(".counts button")) button.setAttribute("aria-pressed", "false");
    choose();
  });
  $("more").addEventListener("click", () => more(STEP));
  new IntersectionObserver((seen) => { if (seen[0].isIntersecting) more(STEP); }, { rootMargin: "800px" })
    .observe($("more"));
  addEventListener("beforeprint", () => more(state.rows.length));
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT/.test(document.activeElement.tagName)) {
      event.preventDefault();
      $("search").focus();
    } else if (event.key === "Escape") close();
  });
  draw();
})();
