// The map page: everything of an article comes as JSON and goes into the page as text, never as markup.
(function () {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const table = read("rows"), words = read("words"), countries = read("countries"), places = read("places");
  const FIRM = new Set(["asserted", "claimed"]), PIECE = 100;
  const by = (id) => document.getElementById(id);

  const isDay = (text) => /^\d{4}-\d\d(-\d\d)?$/.test(text || "");

  const rows = table.rows.map((values) => {
    const row = Object.fromEntries(table.columns.map((name, i) => [name, values[i]]));
    row.first = isDay(row.event_date) ? row.event_date.padEnd(10, "-01") : null;
    row.last = row.first && (isDay(row.event_date_end) ? row.event_date_end : row.event_date).padEnd(10, "-31");
    row.pin = row.latitude === null || row.longitude === null ? null : row.latitude + "," + row.longitude;
    return row;
  });
  rows.sort((a, b) => (b.first || "").localeCompare(a.first || ""));
  const dated = rows.filter((row) => row.first);
  const whole = {
    from: dated.length ? dated[dated.length - 1].first : "",
    to: dated.reduce((last, row) => (row.last > last ? row.last : last), ""),
  };
  const state = { language: (navigator.language || "").startsWith("ar") ? "ar" : "en", chosen: null, listed: PIECE };

  // ---- words ------------------------------------------------------------------------------------------------------

  const locale = () => (state.language === "ar" ? "ar-SY" : "en-GB");
  const number = (n) => new Intl.NumberFormat(locale()).format(n);

  function say(key, values = {}) {
    let form = words[key][state.language];
    if (typeof form === "object") form = form[new Intl.PluralRules(locale()).select(values.n)] || form.other;
    return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? number(values[name]) : values[name]));
  }

  function day(text) {
    const parts = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text);
    const date = parts && new Date(Date.UTC(+parts[1], parts[2] - 1, +(parts[3] || 1)));
    if (!date || isNaN(date)) return text;
    const wanted = parts[3] ? { day: "numeric" } : {};
    return new Intl.DateTimeFormat(locale(), { ...wanted, month: "long", year: "numeric", timeZone: "UTC" }).format(date);
  }

  const known = (key, fallback) => (words[key] ? say(key) : fallback);

  // Folds letters as the gazetteer does, so that a search finds what is spelled a little differently.
  const fold = (text) => text.normalize("NFKD").replace(/[\p{Mn}\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/[أإآٱ]/g, "ا").replace(/[ىی]/g, "ي").replace(/ة/g, "ه").replace(/ک/g, "ك").toLowerCase();

  // ---- choices ----------------------------------------------------------------------------------------------------

  const modalities = [...new Set([...table.modalities, ...rows.map((row) => row.modality)])].filter((one) => rows.some((row) => row.modality === one));
  const off = new Set();
  const SEARCHED = ["quote", "actor", "actor_text", "target", "target_text", "place", "place_text", "claim_source", "publisher"];
  rows.forEach((row) => { row.words = fold(SEARCHED.map((name) => row[name] || "").join(" ")); });

  function matching() {
    const from = by("from").value || whole.from, to = by("to").value || whole.to;
    const asked = fold(by("search").value).split(/\s+/).filter(Boolean);
    return rows.filter((row) => !off.has(row.modality)
      && (row.first ? row.first <= to && row.last >= from : by("undated").checked)
      && asked.every((word) => row.words.includes(word)));
  }

  function reset() {
    by("from").value = whole.from;
    by("to").value = lastDay(whole.to);
    by("undated").checked = true;
    by("search").value = "";
    off.clear();
    state.chosen = null;
  }

  // The 31st stands for the end of any month; the date field wants a day that there is.
  function lastDay(text) {
    if (!text) return "";
    const [year, month, date] = text.split("-").map(Number);
    const end = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return text.slice(0, 8) + String(Math.min(date, end)).padStart(2, "0");
  }

  // ---- list -------------------------------------------------------------------------------------------------------

  function make(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children.filter((child) => child !== null && child !== ""));
    return node;
  }

  // Browsers take minutes to lay out a paragraph of a million characters in two directions: long text comes in pieces.
  const LONGEST_NAME = 200, LONGEST_TEXT = 3000;

  const pieces = (text, size) => text.match(new RegExp(`[^]{1,${size}}`, "gu")) || [];

  const short = (text) => (text.length > LONGEST_NAME ? pieces(text.slice(0, 2 * LONGEST_NAME), LONGEST_NAME)[0] + "…" : text);

  // A name on its own, so that its direction touches nothing around it.
  const name = (text) => make("bdi", "", short(text));

  function both(row, role) {
    const pair = [row[role], row[role + "_text"]].filter(Boolean);
    if (state.language === "ar") pair.reverse();
    return [...new Set(pair)].flatMap((text, i) => (i ? [" · ", name(text)] : [name(text)]));
  }

  function card(row) {
    const firm = FIRM.has(row.modality);
    const when = row.event_date ? [row.event_date, row.event_date_end].filter(Boolean).map(day).join(" – ") : say("undated.date");
    const action = known("action." + row.action, short(row.action));
    const node = make("article", firm ? "card" : "card soft",
      make("header", "", make("b", "", action), make("span", "badge " + row.modality, known("modality." + row.modality, short(row.modality))), make("time", "", when)),
      quote(row));
    for (const role of ["actor", "target"]) {
      if (row[role] || row[role + "_text"]) node.append(make("p", "", say(role) + ": ", ...both(row, role)));
    }
    const counts = table.counts.filter((count) => row[count] !== null).map((count) => say("count." + count, { n: row[count] }));
    if (counts.length) node.append(make("p", "counts", counts.join(" · ")));
    node.append(where(row), source(row));
    node.dataset.id = row.event_id;
    return node;
  }

  function quote(row) {
    const node = make("blockquote", "", row.quote.slice(0, LONGEST_TEXT));
    if (row.quote.length > LONGEST_TEXT) {
      const whole = make("button", "", say("whole", { n: row.quote.length }));
      whole.type = "button";
      whole.addEventListener("click", () => node.replaceChildren(...pieces(row.quote, LONGEST_TEXT).map((piece) => make("div", "", piece))));
      node.append(whole);
    }
    node.lang = row.language || "";
    node.dir = /^(ar|fa|ku|ckb|he|ur)/.test(row.language || "") ? "rtl" : "auto";
    return node;
  }

  function where(row) {
    if (row.pin === null) return make("p", "note", row.place_text ? name(row.place_text) : "", row.place_text && row.reason ? " — " : "", row.reason ? name(row.reason) : "");
    const at = make("button", "at", ...both(row, "place"));
    at.type = "button";
    at.addEventListener("click", () => choose(new Set([row.pin]), true));
    const near = row.geo_precision > 1 ? " (" + known("precision." + row.geo_precision, "") + ")" : "";
    return make("p", "", say("place") + ": ", at, near);
  }

  function source(row) {
    const parts = [name(row.claim_source ? say("says", { name: short(row.claim_source) }) : say("own_voice"))];
    if (row.publisher) parts.push(name(row.publisher));
    if (row.published) parts.push(say("published", { date: day(row.published) }));
    const link = safeLink(row.source_url);
    if (link) parts.push(link);
    return make("p", "source", ...parts.flatMap((part, i) => (i ? [" · ", part] : [part])));
  }

  function safeLink(text) {
    let url = null;
    try { url = new URL(text); } catch { return null; }
    if (url.protocol !== "https:" && url.protocol !== "http:") return null;
    const link = make("a", "", say("link") + " (" + url.hostname + ")");
    link.href = url.href;
    link.rel = "noopener noreferrer nofollow";
    link.target = "_blank";
    return link;
  }

  function list() {
    const here = found.filter((row) => row.pin !== null && (!state.chosen || state.chosen.has(row.pin)));
    by("cards").replaceChildren(...here.slice(0, state.listed).map(card));
    if (!here.length && !found.some((row) => row.pin === null)) by("cards").append(Object.assign(make("p", "", say("empty")), { id: "empty" }));
    const left = here.length - state.listed;
    by("more").hidden = left <= 0;
    by("more").textContent = left > 0 ? say("more", { n: Math.min(left, PIECE) }) : "";
    by("chosen").hidden = !state.chosen;
    if (state.chosen) by("chosen").querySelector("h2").replaceChildren(...title(here));
  }

  function title(here) {
    const keys = new Set(here.map((row) => row.pin));
    return keys.size === 1 ? both(here[0], "place") : [say("places", { n: keys.size })];
  }

  function listUnplaced() {
    const nowhere = found.filter((row) => row.pin === null), box = by("unplaced");
    box.hidden = !nowhere.length;
    box.querySelector("summary").textContent = say("unplaced", { n: nowhere.length });
    box.querySelector("div").replaceChildren(...(box.open ? nowhere.slice(0, state.listed).map(card) : []));
  }

  // ---- map --------------------------------------------------------------------------------------------------------

  const map = L.map("map", { minZoom: 2, maxZoom: 17, zoomSnap: 0.5, attributionControl: false, worldCopyJump: true }).setView([35.2, 38.5], 6);
  L.control.scale({ imperial: false }).addTo(map);
  map.createPane("land").style.zIndex = 150;
  map.createPane("names").style.zIndex = 450;
  map.getPane("names").style.pointerEvents = "none";
  const land = L.layerGroup().addTo(map), names = L.layerGroup().addTo(map), pins = L.layerGroup().addTo(map);
  const renderer = L.canvas({ pane: "land", padding: 0.5 });
  countries.forEach((country) => {
    const rings = country.rings.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y, x])));
    L.polygon(rings, { renderer, pane: "land", interactive: false, weight: 1, fillOpacity: 1 }).addTo(land);
  });

  function paint() {
    const colour = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
    land.eachLayer((shape) => shape.setStyle({ color: colour("--edge"), fillColor: colour("--land") }));
  }

  function svg(tag, attributes) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    return node;
  }

  const radius = (total) => Math.min(12 + 2.6 * Math.sqrt(total), 34);

  // A ring: full for what is told as having happened, thin and dashed for the share that is denied, planned and so on.
  function icon(pin) {
    const r = radius(pin.n), size = 2 * (r + 12), around = 2 * Math.PI * r;
    const node = svg("svg", { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" });
    if (pin.vague) node.append(svg("circle", { r: r + 10, fill: "#5b6371", "fill-opacity": 0.16, stroke: "#5b6371", "stroke-dasharray": "1 3" }));
    if (isChosen(pin)) node.append(svg("circle", { r: r + 6, fill: "none", stroke: "#0b6b74", "stroke-width": 3 }));
    node.append(svg("circle", { r, fill: "#fff", stroke: "#fff", "stroke-width": 7 }));
    if (pin.firm < pin.n) node.append(svg("circle", { r, fill: "none", stroke: "#5b6371", "stroke-width": 2, "stroke-dasharray": "3 2.5" }));
    const full = around * pin.firm / pin.n;
    if (pin.firm) node.append(svg("circle", { r, fill: "none", stroke: "#cf4a12", "stroke-width": 6, "stroke-dasharray": `${full} ${around}`, transform: "rotate(-90)" }));
    const label = svg("text", {});
    label.textContent = number(pin.n);
    node.append(label);
    return L.divIcon({ className: "pin", html: node, iconSize: [size, size] });
  }

  let found = [], spots = [], drawn = [];

  const isChosen = (pin) => Boolean(state.chosen) && pin.spots.some((spot) => state.chosen.has(spot.key));

  // One spot for each pair of coordinates.
  function spotsOf(placed) {
    const at = new Map();
    placed.forEach((row) => {
      const spot = at.get(row.pin) || { key: row.pin, row, at: [row.latitude, row.longitude], n: 0, firm: 0, vague: row.geo_precision > 1 };
      spot.n += 1;
      spot.firm += FIRM.has(row.modality) ? 1 : 0;
      at.set(row.pin, spot);
    });
    return [...at.values()].sort((a, b) => b.n - a.n);
  }

  // Spots that would cover each other at this zoom share the pin of the fullest one.
  function pinsOf(all) {
    const made = [];
    all.forEach((spot) => {
      const point = map.project(spot.at), near = made.find((pin) => pin.point.distanceTo(point) < radius(pin.n) + 14);
      if (!near) {
        made.push({ ...spot, point, spots: [spot] });
      } else {
        near.n += spot.n;
        near.firm += spot.firm;
        near.vague = near.vague && spot.vague;
        near.spots.push(spot);
      }
    });
    return made;
  }

  function label(pin) {
    const place = pin.spots.length > 1 ? say("places", { n: pin.spots.length }) : both(pin.row, "place").map((part) => part.textContent || part).join("");
    return place + ", " + say("events", { n: pin.n });
  }

  function draw() {
    pins.clearLayers();
    drawn = pinsOf(spots);
    drawn.forEach((pin) => {
      const marker = L.marker(pin.at, { icon: icon(pin), riseOnHover: true, zIndexOffset: isChosen(pin) ? 1000 : -pin.n });
      marker.on("add", () => {
        marker.getElement().setAttribute("aria-label", label(pin));
        marker.getElement().dataset.n = pin.n;
      });
      marker.on("click", () => visit(pin));
      marker.on("keypress", (event) => { if (event.originalEvent.key === "Enter") byKey(pin); });
      marker.addTo(pins);
      pin.marker = marker;
    });
    nameplates();
  }

  // A pin of several spots opens into them; a chosen pin lets go.
  function visit(pin) {
    const keys = new Set(pin.spots.map((spot) => spot.key));
    const again = state.chosen && state.chosen.size === keys.size && [...keys].every((key) => state.chosen.has(key));
    choose(again ? null : keys);
    if (!again && pin.spots.length > 1) map.fitBounds(pin.spots.map((spot) => spot.at), { padding: [60, 60], maxZoom: 15, animate: false });
  }

  // Pins are drawn anew: who came by the keyboard goes on from the pin in the same place.
  function byKey(pin) {
    visit(pin);
    const again = drawn.find((one) => one.key === pin.key);
    if (again) again.marker.getElement().focus();
  }

  // Names of pins first, then of countries and places; a name that would touch another one is left out.
  function nameplates() {
    names.clearLayers();
    const zoom = map.getZoom(), view = map.getBounds().pad(0.1), language = state.language;
    const boxes = drawn.map((pin) => {
      const point = map.latLngToContainerPoint(pin.at), r = radius(pin.n);
      return [point.x - r, point.y - r, point.x + r, point.y + r];
    });
    const written = (row) => (language === "ar" ? row.place_text || row.place : row.place || row.place_text) || "";
    const own = drawn.filter((pin) => pin.spots.length === 1).map((pin) => ({ at: pin.at, text: written(pin.row), down: radius(pin.n) + 6, kind: "pinned" }));
    const others = [
      ...countries.filter((c) => c.at[2] <= zoom && zoom < 8).map((c) => ({ at: c.at.slice(0, 2), text: c[language], down: 0, kind: "country" })),
      ...places.filter((p) => p[2] <= zoom).map((p) => ({ at: p.slice(0, 2), text: language === "ar" ? p[4] : p[3], down: 0, kind: "place" })),
    ].filter((label) => !drawn.some((pin) => Math.abs(pin.at[0] - label.at[0]) < 0.003 && Math.abs(pin.at[1] - label.at[1]) < 0.003));
    [...(zoom >= 6 ? own : []), ...others].filter((label) => view.contains(label.at)).slice(0, 600).forEach((label) => {
      const point = map.latLngToContainerPoint(label.at), text = label.text.slice(0, 40), half = text.length * 3.5 + 6;
      const box = [point.x - half, point.y + label.down - 2, point.x + half, point.y + label.down + 15];
      if (boxes.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) return;
      boxes.push(box);
      const span = make("span", "", name(text));
      span.style.top = label.down + "px";
      const plate = L.divIcon({ className: "name " + label.kind, html: span, iconSize: [0, 0] });
      L.marker(label.at, { icon: plate, pane: "names", interactive: false, keyboard: false }).addTo(names);
    });
  }

  function fit() {
    map.invalidateSize({ pan: false });
    if (spots.length) map.fitBounds(spots.map((spot) => spot.at), { padding: [45, 45], maxZoom: 13, animate: false });
  }

  // ---- all together -----------------------------------------------------------------------------------------------

  function choose(keys, move = false) {
    state.chosen = keys;
    state.listed = PIECE;
    update();
    const at = keys && spots.find((spot) => keys.has(spot.key));
    if (move && at) map.setView(at.at, Math.max(map.getZoom(), 12), { animate: false });
    if (!move && keys && matchMedia("(max-width: 760px)").matches) by("said").scrollIntoView({ block: "start" });
  }

  function update() {
    found = matching();
    spots = spotsOf(found.filter((row) => row.pin !== null));
    if (state.chosen && !spots.some((spot) => state.chosen.has(spot.key))) state.chosen = null;
    by("count").textContent = found.length === rows.length ? say("events", { n: rows.length })
      : say("of", { shown: found.length, total: say("events", { n: rows.length }) });
    draw();
    list();
    listUnplaced();
  }

  function speak() {
    document.documentElement.lang = state.language;
    document.documentElement.dir = state.language === "ar" ? "rtl" : "ltr";
    document.title = document.querySelector("h1").textContent = say("title");
    by("language").textContent = say("language");
    by("language").lang = state.language === "ar" ? "en" : "ar";
    document.querySelectorAll("[data-word]").forEach((node) => { node.textContent = say(node.dataset.word); });
    const undated = rows.length - dated.length;
    by("undated-choice").hidden = !undated;
    by("undated-word").textContent = say("undated", { n: undated });
    by("modalities").replaceChildren(...modalities.map((modality) => {
      const tally = rows.filter((row) => row.modality === modality).length;
      const button = make("button", "", known("modality." + modality, modality) + " " + number(tally));
      button.type = "button";
      button.setAttribute("aria-pressed", String(!off.has(modality)));
      button.addEventListener("click", () => {
        off.has(modality) ? off.delete(modality) : off.add(modality);
        button.setAttribute("aria-pressed", String(!off.has(modality)));
        update();
      });
      return button;
    }));
    update();
  }

  by("language").addEventListener("click", () => { state.language = state.language === "ar" ? "en" : "ar"; speak(); });
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  ["from", "to", "undated", "search"].forEach((id) => by(id).addEventListener("input", () => { state.listed = PIECE; update(); }));
  by("reset").addEventListener("click", () => { reset(); speak(); fit(); });
  by("all").addEventListener("click", () => choose(null));
  by("more").addEventListener("click", () => { state.listed += PIECE; update(); });
  by("unplaced").addEventListener("toggle", listUnplaced);
  map.on("zoomend", draw);
  map.on("moveend", nameplates);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.chosen) choose(null); });
  reset();
  paint();
  speak();
  fit();
})();
