// The drawings of pins: a ring of families for several places, a sign of its family for one.
(function () {
  "use strict";
  const [NEIGHBOURHOOD, CITY, DISTRICT] = [1, 2, 3];
  const INK = "#14181f";
  const { el, rows } = window.baseMap, state = window.mapState;

  // What writes numbers is made once for a language: making it takes longer than writing.
  const made = new Map();
  const writer = (kind, make) => {
    const key = `${rows().words.locale} ${kind}`;
    if (!made.has(key)) made.set(key, make(rows().words.locale));
    return made.get(key);
  };
  const number = (n) => writer("number", (locale) => new Intl.NumberFormat(locale)).format(n);
  const form = (n) => writer("plural", (locale) => new Intl.PluralRules(locale)).select(n);
  const plural = (forms, n) => (typeof forms === "string" ? forms : forms[form(n)] || forms.other).replace("{n}", number(n));
  const short = (n) => {
    const notation = n > 9999 ? "compact" : "standard", options = { notation, maximumFractionDigits: 1, maximumSignificantDigits: 3 };
    return writer(notation, (locale) => new Intl.NumberFormat(locale, options)).format(n);
  };

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

  const reachOf = (total) => Math.min(13 + 5 * Math.log10(total), 40); // pixels: a hundred times more is ten wider

  function clusterIcon(cell, parts) {
    const r = reachOf(cell.total), size = 2 * (r + 6);
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

  window.mapSigns = { clusterIcon, placeIcon, number, plural, reachOf };
})();
