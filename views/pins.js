// Draws the map of the dashboard: a base map without network, and what the page's rows hold in the part in sight.
// Served from static/ (views/assets.py); called by the scripts of views/event_map.py. No text of an article comes here:
// numbers of places, words of labels.yml, and names of the gazetteer, which are set as text.
(function () {
  "use strict";
  const STATIC = "../../app/static/";
  const ONLINE = {
    streets: { url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png", maxNativeZoom: 19, attribution: "© OpenStreetMap contributors" },
    satellite: {
      url: "https://tiles.maps.eox.at/wmts/1.0.0/s2cloudless-2016_3857/default/g/{z}/{y}/{x}.jpg", maxNativeZoom: 14,
      attribution: "Sentinel-2 cloudless 2016 by EOX IT Services GmbH (contains modified Copernicus Sentinel data 2016), CC BY 4.0",
    },
  };
  const CELL = 64; // pixels: what is nearer to each other is drawn as one
  const SPLIT = 13; // from this zoom on the squares are smaller, so that quarters of a town stand apart
  const FAN = 36; // places that a fan shows at most
  const [NEIGHBOURHOOD, CITY, DISTRICT] = [1, 2, 3];
  const REACH = { 3: 12e3, 4: 40e3, 5: 150e3 }; // metres: roughly how far a district, a governorate, a country goes
  const INK = "#14181f";
  const state = { ticket: null, labels: [], taken: [], touched: false, dark: false, arabic: false, markers: new Map(), data: null, fan: null };

  const el = (name, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    node.append(...children);
    return node;
  };
  const rows = () => window.parent.eventRows;
  const words = () => rows()?.words?.map || {};
  const number = (n) => new Intl.NumberFormat(rows().words.locale).format(n);
  const plural = (forms, n) => (typeof forms === "string" ? forms : forms[new Intl.PluralRules(rows().words.locale).select(n)] || forms.other).replace("{n}", number(n));
  const short = (n) => new Intl.NumberFormat(rows().words.locale, { notation: n > 9999 ? "compact" : "standard", maximumFractionDigits: 1, maximumSignificantDigits: 3 }).format(n);

  // ---- base map ---------------------------------------------------------------------------------------------------

  function start(map) {
    const style = document.createElement("style");
    style.textContent = `
      html, body { margin: 0; background: transparent; }
      #map_div { border-radius: 10px; background: var(--sea); height: 100vh !important; }
      :root { --sea: #dfe8ea; --land: #f7f4ec; --edge: #b9b2a2; --ink: #4a4f58; --paper: #fff; --halo: #f7f4ec; --area: #6b5b3e; --mark: #0b6b74; }
      :root.dark { --sea: #10161d; --land: #1f2731; --edge: #465160; --ink: #aab3bf; --paper: #14181f; --halo: #1f2731; --area: #b5a27e; --mark: #6cc5cd; }
      .leaflet-container, .leaflet-control { font-family: "Plex Arabic", system-ui, sans-serif; }
      .leaflet-bar a, .leaflet-control-layers, .leaflet-control-scale-line, .note { background: var(--paper); color: var(--ink); }
      .leaflet-bar a:hover { background: var(--land); color: var(--ink); }
      .leaflet-bar a svg { width: 18px; height: 18px; margin: 6px; fill: none; stroke: currentColor; stroke-width: 2; }
      .leaflet-bar a.leaflet-disabled { background: var(--paper); opacity: .5; }
      .leaflet-control-scale-line { font-size: 11px; padding: 1px 5px; line-height: 1.5; white-space: nowrap; text-shadow: none; }
      .leaflet-control-layers { font-size: 13px; line-height: 1.7; }
      .leaflet-control-layers-toggle { background: none !important; display: grid; place-items: center; width: 34px !important; height: 34px !important; }
      .leaflet-control-layers-toggle::after { content: ""; width: 20px; height: 20px; background: currentColor; color: var(--ink);
        clip-path: polygon(50% 0, 100% 28%, 50% 56%, 0 28%, 0 52%, 50% 80%, 100% 52%, 100% 74%, 50% 100%, 0 74%, 0 28%); }
      .leaflet-control-layers-expanded { padding: 8px 12px; }
      .leaflet-control-layers label { display: block; }
      .note { border-radius: 8px; padding: 6px 12px; font-size: 13px; box-shadow: 0 1px 4px rgb(0 0 0 / .25); }
      .note:empty { display: none; }
      .leaflet-container .leaflet-control-attribution { font-size: 11px; background: color-mix(in srgb, var(--paper) 80%, transparent); color: var(--ink); }
      .leaflet-control-attribution a { color: inherit; }
      .leaflet-bar a:focus-visible, .leaflet-control-layers a:focus-visible, .pin:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; border-radius: 8px; }
      .name { white-space: nowrap; pointer-events: none; color: var(--ink); font-size: 12px; text-align: center;
              text-shadow: 0 0 2px var(--halo), 0 0 3px var(--halo), 0 0 4px var(--halo); }
      .name span { position: absolute; transform: translate(-50%, 0); }
      .name.country { letter-spacing: .04em; font-weight: 500; font-size: 13px; opacity: .8; }
      .rtl .name.country { letter-spacing: 0; }
      .name.city { font-weight: 700; font-size: 13px; }
      .pin { cursor: pointer; filter: drop-shadow(0 1px 2px rgb(0 0 0 / .35)); }
      .pin svg { overflow: visible; display: block; }
      .pin:hover { filter: drop-shadow(0 2px 5px rgb(0 0 0 / .55)); }
      .pin text { font: 700 12px "Plex Arabic", system-ui, sans-serif; fill: #1d232e; text-anchor: middle; dominant-baseline: central; }
      .pin .many { font-size: 11px; }
      @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
      @font-face { font-family: "Plex Arabic"; font-weight: 400; src: url(${STATIC}fonts/IBMPlexSansArabic-Regular.ttf); }
      @font-face { font-family: "Plex Arabic"; font-weight: 700; src: url(${STATIC}fonts/IBMPlexSansArabic-Bold.ttf); }`;
    document.head.appendChild(style);
    state.map = map;
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution("Natural Earth · GeoNames · OCHA");
    L.control.scale({ imperial: false }).addTo(map);
    [["land", 150], ["areas", 220], ["reach", 240], ["names", 450], ["legs", 550]].forEach(([name, z]) => { map.createPane(name).style.zIndex = z; });
    map.getPane("names").style.pointerEvents = "none";
    state.pins = L.layerGroup().addTo(map);
    state.reaches = L.layerGroup().addTo(map);
    state.note = Object.assign(L.control({ position: "bottomleft" }), { onAdd: () => Object.assign(L.DomUtil.create("div", "note"), { role: "status" }) }).addTo(map);
    fitButton(map);
    get("countries.json", (countries) => drawLand(map, countries));
    get("places.json", (places) => {
      places.forEach(([lat, lon, zoom, en, ar]) => state.labels.push({ lat, lon, zoom, en, ar, kind: zoom < 8 ? "city" : "place" }));
      state.named = new Map(state.labels.map((label) => [Math.round(label.lat * 1e3) + "/" + Math.round(label.lon * 1e3), label]));
      repaint();
    });
    get("areas.json", (areas) => { state.areas = areas; layers(map); });
    map.on("moveend", () => { repaint(); tell(); });
    map.on("zoomstart click", () => { state.fan = null; });
    map.on("click", repaint);
    // Until the visitor takes hold of the map, it keeps what it was asked to show in sight, however the page is laid out.
    const frame = map.getContainer();
    ["pointerdown", "wheel", "keydown"].forEach((what) => frame.addEventListener(what, () => { state.touched = true; }));
    new ResizeObserver(() => { map.invalidateSize({ pan: false }); if (!state.touched && state.box) fit(state.box, false); }).observe(frame);
    listen();
  }

  const get = (name, use) => fetch(STATIC + name).then((answer) => answer.json()).then(use);

  // The rows come with the timeline, which may be later than the map, and anew after a reconnection.
  function listen() {
    if (!rows()) return void setTimeout(listen, 40);
    const heard = (what) => {
      if (!window.parent || !state.map) return;
      if (what === "words") layers(state.map);
      if (what === "rows" && !state.touched) look(); // a filter leaves the map where it is
      repaint();
    };
    rows().listeners.add(heard);
    window.addEventListener("pagehide", () => rows()?.listeners.delete(heard));
    if (rows().layout) heard("words");
  }

  function fitButton(map) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar"), button = L.DomUtil.create("a", "fit", bar);
      button.href = "#";
      button.role = "button";
      button.append(el("svg", { viewBox: "0 0 24 24" }, el("path", { d: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" })));
      L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); state.touched = true; fit(rows()?.layout && rows().extent(), true); });
      state.fitButton = button;
      return bar;
    };
    control.addTo(map);
  }

  function drawLand(map, countries) {
    state.land = L.layerGroup();
    const renderer = L.canvas({ pane: "land", padding: 0.5 });
    countries.forEach((country) => {
      const rings = country.rings.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y, x])));
      L.polygon(rings, { renderer, pane: "land", interactive: false, weight: 1, fillOpacity: 1 }).addTo(state.land);
      state.labels.push({ lat: country.at[0], lon: country.at[1], zoom: country.at[2], until: 8, kind: "country", ...country });
    });
    if (!state.tiles) state.land.addTo(map);
    layers(map);
    paint();
    repaint();
  }

  function paint() {
    document.documentElement.classList.toggle("dark", state.dark);
    document.documentElement.classList.toggle("rtl", state.arabic);
    const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    if (state.land) state.land.eachLayer((l) => l.setStyle({ color: read("--edge"), fillColor: read("--land") }));
    if (state.quarters) state.quarters.eachLayer((l) => l.setStyle({ color: read("--area"), fillColor: read("--area") }));
  }

  // ---- layers: nothing is asked of another server before the visitor chooses it ----------------------------------------

  function layers(map) {
    const named = words();
    if (!state.land || !state.areas || !named.offline) return;
    if (state.control) state.control.remove();
    if (!state.quarters) {
      const renderer = L.canvas({ pane: "areas", padding: 0.5 });
      state.quarters = L.layerGroup(state.areas.map((ring) => L.polygon(ring, { renderer, pane: "areas", interactive: false, weight: 1.2, dashArray: "4 4", opacity: 0.55, fillOpacity: 0.05 }))).addTo(map);
      state.online = {};
      Object.entries(ONLINE).forEach(([name, options]) => {
        state.online[name] = L.tileLayer(options.url, { maxZoom: 18, referrerPolicy: "origin", ...options });
        state.online[name].on("tileerror", () => { if (map.hasLayer(state.online[name]) && !state.online[name].came) back(map); });
        state.online[name].on("tileload", () => { state.online[name].came = true; });
      });
      map.on("baselayerchange", ({ layer }) => {
        state.tiles = layer === state.land ? null : layer;
        state.note.getContainer().textContent = "";
        repaint();
      });
      paint();
    }
    const bases = { [named.offline]: state.land, [named.streets]: state.online.streets, [named.satellite]: state.online.satellite };
    state.control = L.control.layers(bases, { [named.areas]: state.quarters }, { position: "topright" }).addTo(map);
    state.control.getContainer().dir = state.arabic ? "rtl" : "ltr";
    const toggle = state.control.getContainer().querySelector("a");
    [[toggle, named.layers], [state.fitButton, named.fit], [map.zoomControl._zoomInButton, named.closer], [map.zoomControl._zoomOutButton, named.farther]].forEach(([node, text]) => {
      node.title = text;
      node.setAttribute("aria-label", text);
    });
  }

  // A tile server that does not answer: the map without network comes back, and says why.
  function back(map) {
    map.removeLayer(state.tiles);
    state.land.addTo(map);
    state.tiles = null;
    layers(map);
    state.note.getContainer().textContent = words().no_tiles;
    setTimeout(() => { state.note.getContainer().textContent = ""; }, 6000);
    repaint();
  }

  // ---- where the map looks --------------------------------------------------------------------------------------------

  function fit(box, animate) {
    if (!box) return;
    state.box = box;
    state.map.fitBounds(box, { padding: [46, 46], maxZoom: 14, animate });
  }

  // What the page asked for: a place, a view from the address, or all that is shown.
  function look() {
    const { data, map } = state;
    if (!data || !rows()?.layout) return;
    Object.assign(state, { looking: true, box: null });
    map.invalidateSize({ pan: false });
    const place = data.focus === null ? undefined : rows().index.get(data.focus);
    if (place !== undefined) map.setView([rows().lat[place], rows().lon[place]], Math.max(map.getZoom(), 13), { animate: false });
    else if (data.at) map.setView([data.at[0], data.at[1]], data.at[2], { animate: false });
    else fit(rows().extent(0.03), false);
    state.looking = false;
  }

  // Tell the page a moment after the visitor has moved the map. The address is set at once, so that it makes no entry
  // in the browser's history: "back" goes from choice to choice, not from pan to pan.
  function tell() {
    clearTimeout(state.telling);
    if (!state.touched || state.looking) return;
    state.telling = setTimeout(() => {
      const { lat, lng } = state.map.getCenter().wrap(), at = [lat.toFixed(4), lng.toFixed(4), state.map.getZoom()].join("_");
      if (at === state.at) return;
      state.at = at;
      const page = window.parent, search = page.location.search, held = /([?&])at=[^&]*/;
      const asked = held.test(search) ? search.replace(held, `$1at=${at}`) : `${search}${search ? "&" : "?"}at=${at}`;
      page.history.replaceState(page.history.state, "", page.location.pathname + asked + page.location.hash);
      report({});
    }, 400);
  }

  function report(change) {
    Object.assign(state.reported, change, { at: state.at || null });
    Streamlit.setComponentValue({ ...state.reported });
  }
  state.reported = { pin: null, clicks: 0 };

  // ---- names ------------------------------------------------------------------------------------------------------------

  // Names of countries and places in view, fewest first; a name that would touch another one or a pin is left out.
  function nameplates(map) {
    if (state.names) state.names.remove();
    state.names = L.layerGroup();
    if (!state.tiles) {
      const zoom = map.getZoom(), view = map.getBounds().pad(0.1), taken = [...state.taken];
      const own = (l) => state.under.has(l);
      const shown = state.labels.filter((l) => l.zoom <= zoom && zoom < (l.until || 99) && view.contains([l.lat, l.lon]));
      shown.sort((a, b) => own(b) - own(a) || a.zoom - b.zoom).slice(0, 400).forEach((label) => {
        const name = state.arabic ? label.ar : label.en, at = map.latLngToContainerPoint([label.lat, label.lon]);
        const half = name.length * 3.6 + 6, down = state.under.get(label) || 0; // a pin's own name stands below it
        const box = [at.x - half, at.y + down - 4, at.x + half, at.y + down + 16];
        if (taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) return;
        taken.push(box);
        const text = document.createElement("span");
        text.textContent = name;
        text.style.top = down + "px";
        const icon = L.divIcon({ className: "name " + label.kind, html: text, iconSize: [0, 0] });
        L.marker([label.lat, label.lon], { icon, pane: "names", interactive: false, keyboard: false }).addTo(state.names);
      });
    }
    state.names.addTo(map);
  }

  // ---- pins -------------------------------------------------------------------------------------------------------------

  const arc = (r, from, to) => {
    const point = (turn) => [r * Math.sin(2 * Math.PI * turn), -r * Math.cos(2 * Math.PI * turn)].map((v) => v.toFixed(2)).join(" ");
    return `M ${point(from)} A ${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(Math.min(to, from + 0.999))}`;
  };

  // A ring with one piece per family; events that are denied, planned and so on are thin and dashed.
  function ring(parts, total, r, width) {
    let from = 0;
    return parts.map(([kind, n]) => {
      const soft = kind % 2 === 1, to = from + n / total, colour = state.data.colours[kind >> 1];
      const piece = el("path", { d: arc(r, from, to), fill: "none", stroke: colour, "stroke-width": soft ? width * 0.4 : width, "stroke-dasharray": soft ? "3 2.5" : "none" });
      from = to;
      return piece;
    });
  }

  function clusterIcon(cell, parts) {
    const r = Math.min(13 + 5 * Math.log10(cell.total), 40), size = 2 * (r + 6);
    const svg = el("svg", { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" },
      el("circle", { r: r + 3.5, fill: "#fff" }), ...ring(parts, cell.total, r, 6.5));
    const label = el("text", r > 30 ? {} : { class: "many" });
    label.textContent = short(cell.total);
    svg.append(label);
    return { svg, r: r + 4, size: [size, size], anchor: [size / 2, size / 2] };
  }

  const bright = (hex) => [1, 3, 5].reduce((sum, at, i) => sum + parseInt(hex.slice(at, at + 2), 16) * [0.3, 0.59, 0.11][i], 0) > 135;

  // One place: colour and sign of its main family; drop, disc, square or bare sign by what its point stands for.
  function placeIcon(cell, parts, level, chosen) {
    const [main] = parts.reduce((best, part) => (part[1] > best[1] ? part : best)), colour = state.data.colours[main >> 1];
    const firm = parts.some(([kind]) => kind % 2 === 0), sure = 0.4 + 0.6 * (cell.sure / cell.total / 255), r = 14;
    const ink = !firm ? colour : bright(colour) ? INK : "#fff";
    const looks = { fill: firm ? colour : "#fff", "fill-opacity": firm ? sure.toFixed(2) : 1, stroke: firm ? "#fff" : colour, "stroke-width": 2, "stroke-dasharray": firm ? "none" : "3 2.5" };
    const shape = level >= DISTRICT ? el("circle", { r, ...looks, stroke: colour, "stroke-dasharray": "2 3" })
      : level === CITY ? el("rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: 6, ...looks })
      : level === NEIGHBOURHOOD ? el("circle", { r, ...looks })
      : el("path", { d: "M0 20C-5 14-14 9-14 0A14 14 0 1 1 14 0C14 9 5 14 0 20Z", ...looks });
    const svg = el("svg", { width: 56, height: 56, viewBox: "-28 -28 56 56", "aria-hidden": "true" });
    const outline = (grow, more) => {
      const node = shape.cloneNode();
      node.setAttribute("transform", `scale(${grow})`);
      for (const key in more) node.setAttribute(key, more[key]);
      return node;
    };
    if (chosen) svg.append(outline(1.5, { fill: "none", stroke: state.dark ? "#6cc5cd" : "#0b6b74", "stroke-width": 2.4, "stroke-dasharray": "none" }));
    svg.append(outline(1, { fill: "#fff", "fill-opacity": 1, stroke: "none" })); // a pale colour does not let the map through
    if (level === NEIGHBOURHOOD) svg.append(el("circle", { r: r + 4.5, fill: "none", stroke: colour, "stroke-width": 1.6 }));
    svg.append(shape, el("path", { d: state.data.icons[main >> 1], fill: ink, transform: "scale(.8) translate(-12 -12)" }));
    if (new Set(parts.map(([kind]) => kind >> 1)).size > 1 && level !== CITY) svg.append(...ring(parts, cell.total, r + 1, 3.2));
    if (cell.total > 1) {
      const text = short(cell.total), half = 5 + 3.6 * text.length, badge = el("text", { x: 13, y: -14, class: "many" });
      badge.textContent = text;
      svg.append(el("rect", { x: 13 - half, y: -23, width: 2 * half, height: 17, rx: 8.5, fill: "#fff", stroke: colour, "stroke-width": 1.5 }), badge);
    }
    const tip = level === 0 ? 48 : 28;
    return { svg, r: 20, size: [56, 56], anchor: [28, tip] };
  }

  function repaint() {
    if (!state.waiting) state.waiting = requestAnimationFrame(() => {
      state.waiting = 0;
      if (state.data && rows()?.layout) drawn();
    });
  }

  function drawn() {
    const { map } = state, zoom = map.getZoom(), bounds = map.getPixelBounds();
    const size = zoom >= SPLIT ? CELL / 2 : CELL, past = CELL;
    const box = { left: bounds.min.x - past, top: bounds.min.y - past, right: bounds.max.x + past, bottom: bounds.max.y + past };
    const cells = merged(rows().cells(zoom, box, size), zoom), seen = new Set();
    state.taken = [];
    state.under = new Map();
    state.reaches.clearLayers();
    const marks = cells.flatMap((cell) => (state.fan === cell.key ? fanned(cell) : [cell]));
    marks.forEach((cell) => { seen.add(mark(cell, zoom)); });
    state.markers.forEach((held, key) => {
      if (seen.has(key)) return;
      held.marker.remove();
      state.markers.delete(key);
    });
    nameplates(map);
    map.getContainer().dataset.drawn = String(Number(map.getContainer().dataset.drawn || 0) + 1);
  }

  // Squares whose rings would touch become one, the fuller one taking in the other.
  function merged(cells) {
    const reach = (cell) => (cell.places.length > 1 ? Math.min(13 + 5 * Math.log10(cell.total), 40) + 2 : 15);
    const byKey = new Map(cells.map((cell) => [cell.key, cell])), gone = new Set();
    cells.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1)).forEach((cell) => {
      if (gone.has(cell.key)) return;
      const [column, row] = cell.key.split("/").map(Number);
      for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) {
        const other = (dx || dy) && byKey.get(`${column + dx}/${row + dy}`);
        if (!other || gone.has(other.key) || other === cell) continue;
        if (Math.hypot(cell.x - other.x, cell.y - other.y) > reach(cell) + reach(other)) continue;
        const total = cell.total + other.total;
        cell.x = (cell.x * cell.total + other.x * other.total) / total;
        cell.y = (cell.y * cell.total + other.y * other.total) / total;
        cell.total = total;
        cell.sure += other.sure;
        cell.places = cell.places.concat(other.places);
        other.parts.forEach((n, kind) => { cell.parts[kind] += n; });
        gone.add(other.key);
      }
    });
    return cells.filter((cell) => !gone.has(cell.key));
  }

  // Places that no zoom parts stand around their middle, each on a leg.
  function fanned(cell) {
    const { parts, totals, sure, kinds } = rows().count();
    const places = [...cell.places].sort((a, b) => totals[b] - totals[a]).slice(0, FAN);
    return places.map((p, i) => {
      const turn = places.length <= 10 ? i / places.length : i / 8, r = places.length <= 10 ? Math.max(46, places.length * 9) : 46 + i * 5;
      return {
        key: `fan${p}`, total: totals[p], sure: sure[p], places: [p], parts: parts.slice(p * kinds, (p + 1) * kinds), leg: [cell.x, cell.y],
        x: cell.x + r * Math.sin(2 * Math.PI * turn), y: cell.y - r * Math.cos(2 * Math.PI * turn),
      };
    });
  }

  function mark(cell, zoom) {
    const { map, data } = state, one = cell.places.length === 1, place = cell.places[0];
    const level = one ? rows().level[place] : 0, chosen = one && rows().pins[place] === data.chosen;
    const wide = one && !cell.leg ? reach(place, level, zoom) : 0;
    const at = one && !cell.leg && !wide ? L.latLng(rows().lat[place], rows().lon[place]) : map.unproject([cell.x, cell.y - wide], zoom);
    const parts = [...cell.parts].map((n, kind) => [kind, n]).filter((part) => part[1]);
    const key = one ? `${cell.leg ? "fan" : "place"}${place}` : `${zoom}/${cell.key}`;
    const looks = [parts, chosen, state.dark, level, Math.round(cell.sure / cell.total / 16), state.arabic, rows().words.locale].join("|");
    let held = state.markers.get(key);
    if (!held || held.looks !== looks) {
      const drawing = one ? placeIcon(cell, parts, level, chosen) : clusterIcon(cell, parts);
      const icon = L.divIcon({ className: "pin", html: drawing.svg, iconSize: drawing.size, iconAnchor: drawing.anchor });
      if (!held) {
        held = { marker: L.marker(at, { icon, riseOnHover: true }) };
        held.marker.addTo(state.pins);
        state.markers.set(key, held);
      } else held.marker.setIcon(icon);
      Object.assign(held, { looks, r: drawing.r });
      describe(held.marker.getElement(), cell, parts, level, one);
      held.marker.setZIndexOffset(chosen ? 1000 : Math.round(Math.log10(cell.total) * 100));
    }
    held.marker.setLatLng(at);
    held.marker.off("click").on("click", () => clicked(cell, one, place));
    const middle = map.latLngToContainerPoint(at);
    state.taken.push([middle.x - held.r, middle.y - held.r, middle.x + held.r, middle.y + held.r]);
    const label = one && nameOf(place);
    if (label) state.under.set(label, held.r + (level === 0 ? -14 : 2));
    if (cell.leg) L.polyline([at, map.unproject(cell.leg, zoom)], { pane: "legs", color: "#5b6371", weight: 1.5, interactive: false }).addTo(state.reaches);
    return key;
  }

  // A district or a governorate is an area, not a point: somewhere in here. Its sign stands on the area's edge. Returns
  // the area's radius in pixels; 0 where that is as small as the sign, which then stands in its middle.
  function reach(place, level, zoom) {
    if (!REACH[level]) return 0;
    const at = [rows().lat[place], rows().lon[place]];
    const pixels = (REACH[level] * 2 ** zoom) / (156543 * Math.cos((at[0] * Math.PI) / 180));
    if (pixels < 24) return 0;
    L.circle(at, { pane: "reach", radius: REACH[level], color: "#7a828e", weight: 1.5, dashArray: "2 6", fillColor: "#7a828e", fillOpacity: pixels < 300 ? 0.09 : 0, interactive: false }).addTo(state.reaches);
    return pixels;
  }

  const nameOf = (place) => state.named?.get(Math.round(rows().lat[place] * 1e3) + "/" + Math.round(rows().lon[place] * 1e3));

  // What hovering and screen readers say.
  function describe(node, cell, parts, level, one) {
    const named = words(), label = one && nameOf(cell.places[0]), name = label && (state.arabic ? label.ar : label.en);
    const byFamily = new Map();
    parts.forEach(([kind, n]) => byFamily.set(kind >> 1, (byFamily.get(kind >> 1) || 0) + n));
    const families = [...byFamily].sort((a, b) => b[1] - a[1]).map(([family, n]) => `${named.families[family]}: ${number(n)}`).join("\n");
    const head = [name, plural(named.events, cell.total), !one && plural(named.places, cell.places.length)].filter(Boolean).join(", ");
    const text = [head, one && named.levels[level], families].filter(Boolean).join("\n");
    node.title = text;
    node.setAttribute("aria-label", text.replaceAll("\n", "; "));
    node.dataset.n = cell.total;
    if (one) node.dataset.pin = rows().pins[cell.places[0]];
    else node.dataset.places = cell.places.length;
  }

  // A click on one place opens it beside the map; on several, it brings them apart.
  function clicked(cell, one, place) {
    const { map } = state;
    state.touched = true;
    if (one) return report({ pin: rows().pins[place], clicks: state.reported.clicks + 1 });
    const { lat, lon } = rows(), box = L.latLngBounds(cell.places.map((p) => [lat[p], lon[p]]));
    const zoom = Math.min(map.getBoundsZoom(box.pad(0.2)), 18);
    if (zoom > map.getZoom()) return map.setView(box.getCenter(), zoom);
    if (map.getZoom() < 18) return map.setView(box.getCenter(), map.getZoom() + 2);
    state.fan = cell.key;
    repaint();
  }

  // data: { chosen, focus, at, ticket, dark, arabic, colours, icons }; a new `ticket` makes the map look where the page
  // asks it to, the same one leaves it where it is.
  function draw(map, group, data) {
    const moved = !state.data || state.data.ticket !== data.ticket, dressed = state.dark !== data.dark || state.arabic !== data.arabic;
    Object.assign(state, { data, dark: data.dark, arabic: data.arabic });
    if (dressed) {
      paint();
      layers(map);
    }
    if (moved) look();
    repaint();
  }

  window.eventMap = { start, draw, state };
})();
