// The map without network under the pins: outlines, names, layers and their control. What it shares with pins.js is in
// `window.mapState`. Names are the gazetteer's and words those of labels.yml, and they are set as text.
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
  const state = { labels: [], taken: [], under: new Map(), touched: false, dark: false, arabic: false, tiles: null };

  const el = (name, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    node.append(...children);
    return node;
  };
  const rows = () => window.parent.eventRows;
  const words = () => rows()?.words?.map || {};
  // ---- base map ---------------------------------------------------------------------------------------------------

  // `changed` is called when what lies under the pins is another.
  function start(map, changed) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${STATIC}map_frame.css` }));
    Object.assign(state, { map, changed });
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution("Natural Earth · GeoNames · OCHA");
    L.control.scale({ imperial: false }).addTo(map);
    [["land", 150], ["areas", 220], ["reach", 240], ["names", 450], ["legs", 550]].forEach(([name, z]) => { map.createPane(name).style.zIndex = z; });
    map.getPane("names").style.pointerEvents = "none";
    state.note = Object.assign(L.control({ position: "bottomleft" }), { onAdd: () => Object.assign(L.DomUtil.create("div", "note"), { role: "status" }) }).addTo(map);
    get("countries.json", (countries) => drawLand(map, countries));
    get("places.json", (places) => {
      places.forEach(([lat, lon, zoom, en, ar]) => state.labels.push({ lat, lon, zoom, en, ar, kind: zoom < 8 ? "city" : "place" }));
      state.named = new Map(state.labels.map((label) => [Math.round(label.lat * 1e3) + "/" + Math.round(label.lon * 1e3), label]));
      changed();
    });
    get("areas.json", (areas) => { state.areas = areas; layers(map); });
  }

  const files = {};
  const get = (name, use) => (files[name] ||= fetch(STATIC + name).then((answer) => answer.json())).then(use);

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
    state.changed();
  }

  const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function paint() {
    document.documentElement.classList.toggle("dark", state.dark);
    document.documentElement.classList.toggle("rtl", state.arabic);
    if (state.land) state.land.eachLayer((l) => l.setStyle({ color: read("--edge"), fillColor: read("--land") }));
    if (state.borders) state.borders.setStyle({ color: read("--edge") });
    if (state.quarters) state.quarters.eachLayer((l) => l.setStyle({ color: read("--area"), fillColor: read("--area") }));
  }

  // ---- layers: nothing is asked of another server before the visitor chooses it ----------------------------------------

  function layers(map) {
    const named = words();
    if (!state.land || !state.areas || !state.borders || !named.offline) return;
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
        state.changed();
      });
      paint();
    }
    const bases = { [named.offline]: state.land, [named.streets]: state.online.streets, [named.satellite]: state.online.satellite };
    state.control = L.control.layers(bases, { [named.borders]: state.borders, [named.areas]: state.quarters }, { position: "topright" }).addTo(map);
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
    state.changed();
  }

  // ---- names ------------------------------------------------------------------------------------------------------------

  // Names of countries and places in view, fewest first; a name that would touch another one or a pin is left out.
  function nameplates(map) {
    state.names ||= L.layerGroup().addTo(map);
    const shown = state.tiles ? new Map() : fitting(map);
    state.plates ||= new Map(); // from what is written and where to its marker
    state.plates.forEach((plate, key) => {
      if (shown.has(key)) return;
      state.names.removeLayer(plate);
      state.plates.delete(key);
    });
    shown.forEach(({ label, name, down }, key) => {
      if (state.plates.has(key)) return;
      const text = Object.assign(document.createElement("span"), { textContent: name });
      text.style.top = down + "px";
      const icon = L.divIcon({ className: "name " + label.kind, html: text, iconSize: [0, 0] });
      state.plates.set(key, L.marker([label.lat, label.lon], { icon, pane: "names", interactive: false, keyboard: false }).addTo(state.names));
    });
  }

  function fitting(map) {
    const zoom = map.getZoom(), view = map.getBounds().pad(0.1), taken = [...state.taken], found = new Map();
    const own = (l) => state.under.has(l);
    const near = state.labels.filter((l) => l.zoom <= zoom && zoom < (l.until || 99) && view.contains([l.lat, l.lon]));
    near.sort((a, b) => own(b) - own(a) || a.zoom - b.zoom).slice(0, 400).forEach((label) => {
      const name = state.arabic ? label.ar : label.en, at = map.latLngToContainerPoint([label.lat, label.lon]);
      const half = name.length * 3.6 + 6, down = state.under.get(label) || 0; // a pin's own name stands below it
      const box = [at.x - half, at.y + down - 4, at.x + half, at.y + down + 16];
      if (taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) return;
      taken.push(box);
      found.set([name, label.lat, label.lon, down].join("|"), { label, name, down });
    });
    return found;
  }

  window.mapState = state;
  window.baseMap = { start, paint, layers, nameplates, el, get, read, rows, words };
})();
