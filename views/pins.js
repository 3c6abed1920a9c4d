// Draws on the map what the page's rows hold in the part in sight, and tells the page what the visitor does.
// Served from static/ (views/assets.py); called by the scripts of views/event_map.py. No text of an article comes here.
(function () {
  "use strict";
  const CELL = 64; // pixels: what is nearer to each other is drawn as one
  const SPLIT = 13; // from this zoom on the squares are smaller, so that quarters of a town stand apart
  const FAN = 36; // places that a fan shows at most
  const { el, rows, words, paint, layers, nameplates } = window.baseMap;
  const { clusterIcon, placeIcon, number, plural, reachOf } = window.mapSigns;
  const regions = window.mapRegions;
  const { buttons, hinted, fit, look, tell, report, reveal } = window.mapView;
  const state = Object.assign(window.mapState, { markers: new Map(), fan: null });

  function start(map) {
    window.baseMap.start(map, repaint);
    regions.start(map, () => { if (!state.touched) look(); repaint(); }); // a link to an area waits for its outline
    state.open = (place) => clicked(null, true, place);
    state.pins = L.layerGroup().addTo(map);
    state.reaches = L.layerGroup().addTo(map);
    buttons(map);
    map.on("moveend", () => { repaint(); tell(); });
    map.on("zoomstart click", () => { state.fan = null; });
    map.on("click", repaint);
    // Until the visitor takes hold of the map, it keeps what it was asked to show in sight, however the page is laid out.
    const frame = map.getContainer();
    ["pointerdown", "wheel", "keydown"].forEach((what) => frame.addEventListener(what, () => { state.touched = true; }));
    new ResizeObserver(() => { map.invalidateSize({ pan: false }); if (!state.touched && state.box) fit(state.box, false); }).observe(frame);
    listen();
  }

  // The rows come with the timeline, which may be later than the map, and anew after a reconnection.
  function listen() {
    if (!rows()) return void setTimeout(listen, 40);
    const heard = (what) => {
      if (!window.parent || !state.map) return;
      if (what === "words") layers(state.map);
      if (state.waits || (what === "rows" && !state.touched)) look(); // a filter leaves the map where it is
      if (what === "filter") atOnce();
      else repaint();
    };
    rows().listeners.add(heard);
    window.addEventListener("pagehide", () => rows()?.listeners.delete(heard));
    if (rows().layout) heard("words");
  }

  // ---- pins -------------------------------------------------------------------------------------------------------------

  function repaint() {
    if (!state.waiting) state.waiting = requestAnimationFrame(atOnce);
  }

  // A filter does not wait for the page's next frame, which may be long in coming while the page draws its own part.
  function atOnce() {
    cancelAnimationFrame(state.waiting);
    state.waiting = 0;
    if (state.data && rows()?.layout) drawn();
  }

  function drawn() {
    const { map } = state, zoom = map.getZoom(), bounds = map.getPixelBounds();
    const size = zoom >= SPLIT ? CELL / 2 : CELL, past = CELL;
    const box = { left: bounds.min.x - past, top: bounds.min.y - past, right: bounds.max.x + past, bottom: bounds.max.y + past };
    const cells = merged(rows().cells(zoom, box, size, regions.apart(zoom)), zoom), seen = new Set();
    state.taken = [];
    state.under = new Map();
    state.reaches.clearLayers();
    const marks = cells.flatMap((cell) => (state.fan === cell.key ? fanned(cell) : [cell]));
    marks.forEach((cell) => { seen.add(mark(cell, zoom)); });
    regions.draw(zoom, (cell) => { seen.add(mark(cell, zoom)); });
    state.markers.forEach((held, key) => {
      if (seen.has(key)) return;
      held.marker.remove();
      state.markers.delete(key);
    });
    nameplates(map);
    hinted(map);
    state.shown = rows().count();
    map.getContainer().dataset.drawn = String(Number(map.getContainer().dataset.drawn || 0) + 1);
  }

  // Squares whose rings would touch become one, the fuller one taking in the other.
  function merged(cells) {
    const reach = (cell) => (cell.places.length > 1 ? reachOf(cell.total) + 2 : 15);
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
    const wide = one && !cell.leg && !cell.at ? regions.reach(place, level, zoom) : 0;
    const at = cell.at ? L.latLng(cell.at) : one && !cell.leg && !wide ? L.latLng(rows().lat[place], rows().lon[place]) : map.unproject([cell.x, cell.y - wide], zoom);
    const parts = [...cell.parts].map((n, kind) => [kind, n]).filter((part) => part[1]);
    const key = one ? (cell.area ? cell.key : `${cell.leg ? "fan" : "place"}${place}`) : `${zoom}/${cell.key}`;
    const looks = [parts, chosen, state.dark, level, Math.round(cell.sure / cell.total / 16), state.arabic, rows().words.locale].join("|");
    let held = state.markers.get(key);
    if (!held || held.looks !== looks) {
      const drawing = one ? placeIcon(cell, parts, level, chosen) : clusterIcon(cell, parts);
      const icon = L.divIcon({ className: "pin", html: drawing.svg, iconSize: drawing.size, iconAnchor: drawing.anchor });
      if (!held) {
        held = { marker: L.marker(at, { icon, riseOnHover: true }) };
        if (cell.area) held.marker.on("mouseover", () => regions.lit(place, true)).on("mouseout", () => regions.lit(place, false));
        held.marker.addTo(state.pins);
        state.markers.set(key, held);
      } else held.marker.setIcon(icon);
      Object.assign(held, { looks, r: drawing.r });
      describe(held.marker.getElement(), cell, parts, level, one);
      held.marker.setZIndexOffset(chosen ? 1000 : Math.round(Math.log10(cell.total) * 100));
    }
    held.marker.setLatLng(at);
    held.marker.off("click keypress").on("click", () => clicked(cell, one, place));
    held.marker.on("keypress", ({ originalEvent: { key } }) => { if (key === "Enter" || key === " ") clicked(cell, one, place); });
    const middle = map.latLngToContainerPoint(at);
    state.taken.push([middle.x - held.r, middle.y - held.r, middle.x + held.r, middle.y + held.r]);
    const label = one && nameOf(place);
    if (label) state.under.set(label, held.r + (level === 0 ? -14 : 2));
    if (cell.leg) L.polyline([at, map.unproject(cell.leg, zoom)], { pane: "legs", color: "#5b6371", weight: 1.5, interactive: false }).addTo(state.reaches);
    return key;
  }

  const nameOf = (place) => state.named?.get(Math.round(rows().lat[place] * 1e3) + "/" + Math.round(rows().lon[place] * 1e3));

  // What hovering and screen readers say.
  function describe(node, cell, parts, level, one) {
    const named = words(), area = one && regions.areaOf(cell.places[0]), label = one && nameOf(cell.places[0]);
    const name = area ? regions.somewhere(area) : label && (state.arabic ? label.ar : label.en);
    const byFamily = new Map();
    parts.forEach(([kind, n]) => byFamily.set(kind >> 1, (byFamily.get(kind >> 1) || 0) + n));
    const families = [...byFamily].sort((a, b) => b[1] - a[1]).map(([family, n]) => `${named.families[family]}: ${number(n)}`).join("\n");
    const head = [name, plural(named.events, cell.total), !one && plural(named.places, cell.places.length)].filter(Boolean).join(", ");
    const text = [head, one && !area && named.levels[level], families].filter(Boolean).join("\n");
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
    if (one) {
      report({ pin: rows().pins[place], clicks: state.reported.clicks + 1 });
      return reveal();
    }
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
