// Where the map looks: what the page asks for, the buttons that bring the results into sight, and what the page is told.
// What it shares with pins.js is in `window.mapState`.
(function () {
  "use strict";
  const { el, rows, words } = window.baseMap, regions = window.mapRegions;
  const state = Object.assign(window.mapState, { data: null, reported: { pin: null, clicks: 0 } });

  function buttons(map) {
    fitButton(map);
    hintButton(map);
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

  // Says that there is something, but not here; pressing it brings it into sight.
  function hintButton(map) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => {
      const button = Object.assign(L.DomUtil.create("button", "outside"), { type: "button", hidden: true });
      L.DomEvent.disableClickPropagation(button);
      button.onclick = () => { state.touched = true; fit(rows().extent(), true); };
      state.hint = button;
      return button;
    };
    control.addTo(map);
  }

  // Whether a pin, or a part of an area that holds events, is within the map's edges.
  function inSight(map) {
    const { x: width, y: height } = map.getSize(), { totals } = rows().count();
    return state.taken.some(([left, top, right, bottom]) => right > 0 && bottom > 0 && left < width && top < height)
      || state.reaches.getLayers().some((area) => map.getBounds().intersects(area.getBounds()))
      || [...regions.apart(map.getZoom())].some((p) => totals[p] && regions.areaOf(p).box.intersects(map.getBounds()));
  }

  function hinted(map) {
    const outside = !inSight(map) && rows().extent() !== null;
    state.hint.hidden = !outside;
    if (outside) state.hint.textContent = words().outside;
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
    // The rows of the run that asks may come after it: what they leave is not yet known.
    state.waits = rows().ticket !== data.ticket;
    if (state.waits) return;
    Object.assign(state, { looking: true, box: null });
    map.invalidateSize({ pan: false });
    const place = data.focus === null ? undefined : rows().index.get(data.focus);
    const area = place !== undefined && regions.areaOf(place);
    if (area) map.fitBounds(area.box, { padding: [20, 20], animate: false });
    else if (place !== undefined) map.setView([rows().lat[place], rows().lon[place]], Math.max(map.getZoom(), 13), { animate: false });
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

  // Where the list stands below the map, as on a telephone, a chosen pin leads to what was said of its place.
  function reveal() {
    const page = window.parent, panel = page.document.querySelector(".st-key-panel");
    if (!panel || panel.getBoundingClientRect().top < page.innerHeight * 0.6) return;
    const still = page.matchMedia("(prefers-reduced-motion: reduce)").matches;
    panel.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  }

  function report(change) {
    Object.assign(state.reported, change, { at: state.at || null });
    Streamlit.setComponentValue({ ...state.reported });
  }

  window.mapView = { buttons, hinted, fit, look, tell, report, reveal };
})();
