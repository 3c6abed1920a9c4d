// Outlines of governorates and countries: the faint borders of the map without network, and the areas drawn for what is
// known to a region only ("somewhere in here"). Coordinates and names are the gazetteer's; names are set as text.
(function () {
  "use strict";
  const BORDERS = [5, 12]; // zooms at which borders of governorates help: below they crowd, above they are too coarse
  const LEAST = 80; // pixels from which an area is drawn as such; a smaller one is gathered with what is around it
  const REACH = { 3: 12e3, 4: 40e3, 5: 150e3 }; // metres: roughly how far a district, a governorate, a country goes
  const { get, rows, words, layers, read } = window.baseMap, state = window.mapState;
  const known = new Map(); // from a pin's number to the area that it stands for
  const drawn = new Map(); // from a place to the layer that draws its area

  const pinOf = ([lat, lon]) => Math.round((lat + 90) * 1e5) * 67108864 + Math.round((lon + 180) * 1e5); // as views/rows.py

  function start(map, changed) {
    [["borders", 160], ["regions", 235]].forEach(([name, z]) => { map.createPane(name).style.zIndex = z; });
    const fade = () => { map.getPane("borders").style.display = map.getZoom() < BORDERS[0] || map.getZoom() > BORDERS[1] ? "none" : ""; };
    map.on("zoomend", fade);
    fade();
    Object.assign(state, { regions: known, canvas: L.canvas({ pane: "regions", padding: 0.3 }) });
    get("countries.json", (countries) => {
      countries.forEach(({ point, rings, en, ar }) => { if (point && rings.length) keep(point, rings.map((polygon) => polygon.map(turned)), { en, ar, country: true }); });
      changed();
    });
    get("governorates.json", (topology) => {
      const arcs = arcsOf(topology), renderer = L.canvas({ pane: "borders", padding: 0.3 });
      topology.objects.governorates.geometries.forEach(({ arcs: polygons, properties: { at, en, ar } }) => {
        keep(at, polygons.map((polygon) => polygon.map((ring) => ring.flatMap((n) => (n < 0 ? [...arcs[~n]].reverse() : arcs[n])))), { en, ar });
      });
      state.borders = L.polyline(arcs, { renderer, pane: "borders", interactive: false, weight: 0.8, opacity: 0.75, color: read("--edge") }).addTo(map);
      layers(map);
      changed();
    });
  }

  const turned = (ring) => ring.map(([x, y]) => [y, x]);

  // Lines of latitude and longitude from the steps that TopoJSON keeps.
  function arcsOf({ arcs, transform: { scale: [wide, high], translate: [left, low] } }) {
    return arcs.map((arc) => {
      let x = 0, y = 0;
      return arc.map(([east, north]) => [low + high * (y += north), left + wide * (x += east)]);
    });
  }

  function keep(point, polygons, named) {
    const box = L.latLngBounds(polygons.flatMap((polygon) => polygon[0]));
    const outer = polygons.map((polygon) => polygon[0]).reduce((longest, ring) => (ring.length > longest.length ? ring : longest));
    known.set(pinOf(point), { polygons, box, outer: [...outer].sort((a, b) => b[0] - a[0]), ...named });
  }

  // The area that a place of the rows stands for; undefined for a spot, and for a region whose outline is not known.
  const areaOf = (place) => (rows().level[place] > 3 ? known.get(rows().pins[place]) : undefined);

  function sizeOf(box, zoom) {
    const [low, high] = [box.getSouthWest(), box.getNorthEast()].map((corner) => state.map.project(corner, zoom));
    return Math.max(high.x - low.x, low.y - high.y);
  }

  // The places that are drawn as areas at a zoom, and so are not gathered with the pins around their point.
  function apart(zoom) {
    const { pins } = rows(), key = `${zoom}/${known.size}`;
    if (state.apart?.key === key && state.apart.pins === pins) return state.apart.places;
    const places = new Set();
    for (let p = rows().layout.nowhere; p < pins.length; p++) {
      const area = areaOf(p);
      if (area && sizeOf(area.box, zoom) >= LEAST) places.add(p);
    }
    state.apart = { key, pins, places };
    return places;
  }

  // Draw the areas in sight that hold events; `use` is called for each with where its sign stands: on the border, since
  // inside it would be a false point.
  function draw(zoom, use) {
    const { map } = state, { parts, sure, totals, kinds } = rows().count(), view = map.getBounds();
    const shown = [...apart(zoom)].filter((p) => totals[p] && areaOf(p).box.intersects(view));
    const seen = new Set(shown);
    drawn.forEach((layer, p) => {
      if (seen.has(p)) return;
      layer.remove();
      drawn.delete(p);
    });
    const fresh = shown.some((p) => !drawn.has(p));
    shown.sort((a, b) => sizeOf(areaOf(a).box, zoom) - sizeOf(areaOf(b).box, zoom)).forEach((p) => {
      const at = signOf(areaOf(p), view.pad(-0.06)), cell = { key: `region${p}`, area: areaOf(p), total: totals[p], sure: sure[p], places: [p] };
      cell.parts = parts.slice(p * kinds, (p + 1) * kinds);
      const layer = shape(p, cell, zoom);
      if (fresh) layer.bringToBack(); // the smaller one is clicked first
      if (at) use(Object.assign(cell, { at }));
    });
  }

  // The northernmost corner in sight that no other sign covers; null if no part of the border is in sight.
  function signOf({ outer }, view) {
    const corners = outer.filter((corner) => view.contains(corner)), free = (corner) => {
      const { x, y } = state.map.latLngToContainerPoint(corner);
      return !state.taken.some((t) => t[0] < x + 18 && x - 18 < t[2] && t[1] < y + 18 && y - 18 < t[3]);
    };
    return corners.find(free) || corners[0] || null;
  }

  function shape(p, cell, zoom) {
    const main = cell.parts.indexOf(Math.max(...cell.parts)) >> 1, { area } = cell, size = state.map.getSize();
    const chosen = rows().pins[p] === state.data.chosen, inside = sizeOf(area.box, zoom) > 1.3 * Math.max(size.x, size.y);
    let layer = drawn.get(p);
    if (!layer) {
      layer = L.polygon(area.polygons, { renderer: state.canvas, pane: "regions", smoothFactor: 1.5 }).addTo(state.map);
      layer.bindTooltip(() => Object.assign(document.createElement("span"), { dir: "auto", textContent: somewhere(area) }), { sticky: true, className: "somewhere" });
      layer.on("click", (event) => { L.DomEvent.stopPropagation(event); state.open(p); });
      layer.on("mouseover", () => lit(p, true)).on("mouseout", () => lit(p, false));
      drawn.set(p, layer);
    }
    layer.options.interactive = !area.country && !inside; // the ground of a whole country, or of the whole view, is no button
    layer.light = inside ? 0 : area.country ? 0.03 : 0.1;
    const colour = chosen ? read("--mark") : state.data.colours[main], looks = [colour, layer.light].join();
    if (layer.looks === looks) return layer;
    layer.looks = looks;
    layer.setStyle({ color: colour, fillColor: colour, weight: chosen ? 2.5 : 1.5, dashArray: chosen ? "8 5" : "3 5", fillOpacity: layer.light });
    return layer;
  }

  function lit(p, on) {
    const layer = drawn.get(p);
    if (layer) layer.setStyle({ fillOpacity: layer.light * (on ? 2.5 : 1) });
  }

  // Where no outline is known a circle stands for the area, with its sign on the edge. Returns its radius in pixels; 0
  // where that is as small as the sign, which then stands in its middle.
  function reach(place, level, zoom) {
    if (!REACH[level]) return 0;
    const at = [rows().lat[place], rows().lon[place]];
    const pixels = (REACH[level] * 2 ** zoom) / (156543 * Math.cos((at[0] * Math.PI) / 180));
    if (pixels < 24) return 0;
    L.circle(at, { pane: "reach", radius: REACH[level], color: "#7a828e", weight: 1.5, dashArray: "2 6", fillColor: "#7a828e", fillOpacity: pixels < 300 ? 0.09 : 0, interactive: false }).addTo(state.reaches);
    return pixels;
  }

  const somewhere = (area) => words()[area.country ? "in_country" : "in_governorate"].replace("{name}", state.arabic ? area.ar : area.en);

  window.mapRegions = { start, apart, areaOf, draw, lit, reach, somewhere };
})();
