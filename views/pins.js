// Draws the map of the dashboard: a base map without network, and pins from numbers.
// Served from static/ (views/assets.py); called by the scripts of views/event_map.py. No text of an article comes here.
(function () {
  "use strict";
  const STATIC = "../../app/static/";
  const TILES = {
    url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    credit: "© OpenStreetMap contributors",
  };
  const state = { view: null, labels: [], pins: [], touched: false, dark: false, arabic: false };

  const el = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    return node;
  };

  // ---- base map ---------------------------------------------------------------------------------------------------

  function start(map) {
    const style = document.createElement("style");
    style.textContent = `
      html, body { margin: 0; background: transparent; }
      #map_div { border-radius: 10px; background: var(--sea); height: 100vh !important; }
      :root { --sea: #dfe8ea; --land: #f7f4ec; --edge: #b9b2a2; --ink: #4a4f58; --paper: #fff; --halo: #f7f4ec; }
      :root.dark { --sea: #10161d; --land: #1f2731; --edge: #465160; --ink: #aab3bf; --paper: #14181f; --halo: #1f2731; }
      .leaflet-container, .leaflet-control { font-family: "Plex Arabic", system-ui, sans-serif; }
      .leaflet-bar a, .leaflet-control-layers, .leaflet-control-scale-line { background: var(--paper); color: var(--ink); }
      .leaflet-container .leaflet-control-attribution { font-size: 11px; background: color-mix(in srgb, var(--paper) 80%, transparent); color: var(--ink); }
      .leaflet-control-attribution a { color: inherit; }
      .leaflet-bar a:focus-visible, .pin:focus-visible { outline: 3px solid #0b6b74; outline-offset: 2px; border-radius: 50%; }
      .name { white-space: nowrap; pointer-events: none; color: var(--ink); font-size: 12px; text-align: center;
              text-shadow: 0 0 2px var(--halo), 0 0 3px var(--halo), 0 0 4px var(--halo); }
      .name span { position: absolute; transform: translate(-50%, 0); }
      .name.country { letter-spacing: .04em; font-weight: 500; font-size: 13px; opacity: .8; }
      .name.city { font-weight: 700; font-size: 13px; }
      .pin { cursor: pointer; filter: drop-shadow(0 1px 2px rgb(0 0 0 / .35)); transition: filter .15s; }
      .pin:hover { filter: drop-shadow(0 2px 5px rgb(0 0 0 / .5)); }
      .pin text { font: 700 12px "Plex Arabic", system-ui, sans-serif; fill: #1d232e; text-anchor: middle; dominant-baseline: central; }
      @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
      @font-face { font-family: "Plex Arabic"; font-weight: 400; src: url(${STATIC}fonts/IBMPlexSansArabic-Regular.ttf); }
      @font-face { font-family: "Plex Arabic"; font-weight: 700; src: url(${STATIC}fonts/IBMPlexSansArabic-Bold.ttf); }`;
    document.head.appendChild(style);
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution("Natural Earth · GeoNames · OCHA");
    L.control.scale({ imperial: false }).addTo(map);
    const pane = map.createPane("land");
    pane.style.zIndex = 150;
    map.createPane("names").style.zIndex = 450;
    map.getPane("names").style.pointerEvents = "none";
    fetch(STATIC + "countries.json").then((r) => r.json()).then((countries) => drawLand(map, countries));
    fetch(STATIC + "places.json").then((r) => r.json()).then((places) => {
      places.forEach(([lat, lon, zoom, en, ar]) => state.labels.push({ lat, lon, zoom, en, ar, kind: zoom < 8 ? "city" : "place" }));
      nameplates(map);
    });
    map.on("moveend", () => nameplates(map));
    offerTiles(map);
    // Until the visitor takes hold of the map, it keeps what it was asked to show in sight, however the page is laid out.
    const frame = map.getContainer();
    ["pointerdown", "wheel", "keydown"].forEach((what) => frame.addEventListener(what, () => { state.touched = true; }));
    new ResizeObserver(() => (state.touched || !state.box ? map.invalidateSize({ pan: false }) : fit(map))).observe(frame);
  }

  function drawLand(map, countries) {
    state.land = L.layerGroup().addTo(map);
    const renderer = L.canvas({ pane: "land", padding: 0.5 });
    countries.forEach((country) => {
      const rings = country.rings.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y, x])));
      L.polygon(rings, { renderer, pane: "land", interactive: false, weight: 1, fillOpacity: 1 }).addTo(state.land);
      state.labels.push({ lat: country.at[0], lon: country.at[1], zoom: country.at[2], until: 8, kind: "country", ...country });
    });
    paint(map);
    nameplates(map);
  }

  function paint(map) {
    document.documentElement.classList.toggle("dark", state.dark);
    const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    if (state.land) state.land.eachLayer((l) => l.setStyle({ color: read("--edge"), fillColor: read("--land") }));
  }

  // Names of countries and places in view, fewest first; a name that would touch another one is left out.
  function nameplates(map) {
    if (state.names) state.names.remove();
    state.names = L.layerGroup().addTo(map);
    if (state.streets && map.hasLayer(state.streets)) return;
    const zoom = map.getZoom(), view = map.getBounds().pad(0.1);
    const taken = state.pins.map((pin) => {
      const at = map.latLngToContainerPoint(pin);
      return [at.x - pin.r, at.y - pin.r, at.x + pin.r, at.y + pin.r];
    });
    const shown = state.labels.filter((l) => l.zoom <= zoom && zoom < (l.until || 99) && view.contains([l.lat, l.lon]));
    const own = (l) => state.pins.some((p) => Math.abs(p[0] - l.lat) < 0.002 && Math.abs(p[1] - l.lon) < 0.002);
    shown.sort((a, b) => own(b) - own(a) || a.zoom - b.zoom).slice(0, 400).forEach((label) => {
      const name = state.arabic ? label.ar : label.en, at = map.latLngToContainerPoint([label.lat, label.lon]);
      const half = name.length * 3.6 + 6;
      // A pin's own name stands below it; other names keep out of its way.
      const pin = state.pins.find((p) => Math.abs(p[0] - label.lat) < 0.002 && Math.abs(p[1] - label.lon) < 0.002);
      const down = pin ? pin.r + 6 : 0;
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

  // Streets are offered only once the tile server has answered; without a network nothing is missing.
  function offerTiles(map) {
    if (!navigator.onLine) return;
    const probe = new Image();
    probe.referrerPolicy = "origin";
    probe.onload = () => {
      state.streets = L.tileLayer(TILES.url, { maxZoom: 19, attribution: TILES.credit, referrerPolicy: "origin" });
      const outlines = L.layerGroup().addTo(map);
      L.control.layers({ "◻": outlines, "OpenStreetMap": state.streets }, null, { position: "topright" }).addTo(map);
      map.on("baselayerchange", () => nameplates(map));
    };
    probe.src = TILES.url.replace(/\{[zxy]\}/g, "0");
  }

  // ---- pins -------------------------------------------------------------------------------------------------------

  const arc = (r, from, to) => {
    const point = (turn) => [r * Math.sin(2 * Math.PI * turn), -r * Math.cos(2 * Math.PI * turn)].map((v) => v.toFixed(2)).join(" ");
    return `M ${point(from)} A ${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(Math.min(to, from + 0.99999))}`;
  };

  const radius = (total) => Math.min(12 + 2.6 * Math.sqrt(total), 34);

  function fit(map) {
    map.invalidateSize({ pan: false });
    map.fitBounds(state.box, { padding: [50, 50], maxZoom: 14, animate: false });
  }

  // A ring with one piece per family; events that are denied, planned and so on are thin, dashed and pale.
  function icon(total, parts, colours, chosen, vague) {
    const r = radius(total), size = 2 * (r + 12);
    const svg = el("svg", { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" });
    // What is only known to a town or a region stands in a halo: somewhere around here.
    if (vague) svg.append(el("circle", { r: r + 10, fill: "#5b6371", "fill-opacity": 0.16, stroke: "#5b6371", "stroke-dasharray": "1 3", "stroke-linecap": "round" }));
    if (chosen) svg.append(el("circle", { r: r + 5.5, fill: "none", stroke: "#0b6b74", "stroke-width": 2.5 }));
    svg.append(el("circle", { r, fill: "#fff", stroke: "#fff", "stroke-width": 7 }));
    let from = 0;
    parts.forEach(([slot, n]) => {
      const soft = slot % 2 === 1, to = from + n / total;
      svg.append(el("path", {
        d: arc(r, from, to), fill: "none", stroke: colours[slot >> 1], "stroke-width": soft ? 2.5 : 6.5,
        "stroke-dasharray": soft ? "3 2.5" : "none", "stroke-opacity": soft ? 0.85 : 1,
      }));
      from = to;
    });
    const label = el("text", {});
    label.textContent = total > 999 ? Math.round(total / 1000) + "k" : total;
    svg.append(label);
    return L.divIcon({ className: "pin", html: svg, iconSize: [size, size] });
  }

  // data: { pins: [[lat, lon, id, precision, [[slot, n], …]], …], colours, chosen, box, view, dark, arabic };
  // slot = 2 × family, + 1 for events not said to have happened. `view` is a ticket: a new one moves the map to `box`.
  function draw(map, group, data) {
    if (state.dark !== data.dark || state.arabic !== data.arabic) {
      state.dark = data.dark;
      state.arabic = data.arabic;
      paint(map);
    }
    if (state.view !== data.view && data.box) {
      state.box = data.box;
      state.view = data.view;
      fit(map);
    }
    state.pins = [];
    data.pins.forEach(([lat, lon, id, precision, parts]) => {
      const total = parts.reduce((sum, part) => sum + part[1], 0);
      state.pins.push(Object.assign([lat, lon], { r: radius(total) }));
      const marker = L.marker([lat, lon], {
        icon: icon(total, parts, data.colours, id === data.chosen, precision > 1),
        riseOnHover: true, alt: String(total), zIndexOffset: id === data.chosen ? 1000 : -total,
      });
      marker.feature = { type: "Feature", id, properties: { id, n: total }, geometry: { type: "Point", coordinates: [lon, lat] } };
      marker.on("add", () => {
        const node = marker.getElement();
        node.dataset.pin = id;
        node.dataset.n = total;
        node.setAttribute("aria-label", String(total));
      });
      marker.addTo(group);
    });
    nameplates(map);
  }

  window.eventMap = { start, draw, state };
})();
