// The timeline: a histogram of the rows over their whole time, and a window on it that the visitor drags, steps and
// plays. What it shows is counted in the browser (columns.js), so the map follows at once; the page is told when the
// visitor lets go. Mounted by views/time_bar.py. Only words of labels.yml come here, and they are set as text.

import { Rows } from "./columns.js";

const DAY = 864e5;
const STEPS = [1, 7, 30, 365];
const GRIP = { mouse: 9, touch: 22, pen: 16 };
const SPEEDS = [1, 2, 4];
const SKELETON = `
  <div class="time-row">
    <button type="button" class="time-play"><svg viewBox="0 0 24 24" aria-hidden="true"><path/></svg></button>
    <button type="button" class="time-speed"></button>
    <span class="time-now"><button type="button" class="time-back"></button><b class="time-range"></b><button type="button" class="time-on"></button></span>
    <span class="time-count" role="status"></span>
    <label class="time-undated"><input type="checkbox"><span></span></label>
    <button type="button" class="time-zoom"></button>
    <span class="time-presets" role="group"><span class="time-anchor"></span></span>
  </div>
  <div class="time-chart">
    <canvas aria-hidden="true"></canvas>
    <div class="time-window" role="slider" tabindex="0"></div>
    <div class="time-handle" role="slider" tabindex="0"></div>
    <div class="time-handle" role="slider" tabindex="0"></div>
    <span class="time-top"></span><span class="time-unit"></span>
  </div>
  <div class="time-axis" aria-hidden="true"></div>`;

class Timeline {
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.rows = page.eventRows = page.eventRows || new Rows();
    this.sent = 0; // how many times the visitor moved the window; what the page says of an earlier one is not heeded
    this.range = null;
    this.domain = null; // the days that the chart covers, if it is enlarged
    this.speed = 0;
    root.innerHTML = SKELETON;
    const find = (name) => root.querySelector(`.time-${name}`);
    Object.assign(this, { play: find("play"), speeds: find("speed"), label: find("range"), count: find("count") });
    Object.assign(this, { presets: find("presets"), anchor: find("anchor"), zoom: find("zoom"), undated: find("undated"), chart: find("chart") });
    Object.assign(this, { back: find("back"), on: find("on"), window: find("window"), axis: find("axis"), top: find("top"), unit: find("unit") });
    this.handles = [...root.querySelectorAll(".time-handle")];
    this.canvas = root.querySelector("canvas");
    this.listen();
    this.heard = (what) => (root.isConnected ? this.repaint(what !== "range") : this.rows.listeners.delete(this.heard));
    this.rows.listeners.add(this.heard);
    new ResizeObserver(() => this.repaint(true)).observe(this.chart);
  }

  listen() {
    this.play.onclick = () => (this.timer ? this.pause() : this.start());
    this.speeds.onclick = () => this.setSpeed((this.speed + 1) % SPEEDS.length);
    this.back.onclick = () => this.step(-1);
    this.on.onclick = () => this.step(1);
    this.zoom.onclick = () => this.enlarge();
    this.undated.querySelector("input").onchange = (event) => this.move(this.range, event.target.checked, true);
    this.chart.onpointerdown = (event) => this.grab(event);
    this.chart.ondblclick = () => this.move(null, this.rows.undated, true);
    this.window.onkeydown = (event) => this.keyed(event, [0, 1]);
    this.handles.forEach((handle, end) => { handle.onkeydown = (event) => this.keyed(event, [end]); });
  }

  // ---- from the page ------------------------------------------------------------------------------------------------

  update(data, send) {
    this.send = send;
    const first = !this.data;
    this.data = data;
    this.days = data.days;
    this.numbers = new Intl.NumberFormat(data.locale);
    this.plurals = new Intl.PluralRules(data.locale);
    this.dates = new Intl.DateTimeFormat(data.locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    this.short = new Intl.DateTimeFormat(data.locale, { day: "numeric", month: "short", timeZone: "UTC" });
    if (first || data.heard >= this.sent) {
      if (first) this.sent = data.heard;
      if (!this.timer && !this.dragged) {
        this.range = data.range;
        this.rows.narrow(data.range, data.undated);
      }
    }
    const written = JSON.stringify(data.words);
    if (written !== this.written) {
      this.written = written;
      this.rows.words = data.words;
      this.rows.changed("words");
      this.named();
    }
    this.repaint(false);
    this.rows.load(new URL(data.source, this.page.document.baseURI).href, data.layout).then(() => this.rows.filter(data.packed, data.ticket));
  }

  named() {
    const { words } = this.data, name = (node, text) => { node.title = text; node.setAttribute("aria-label", text); };
    this.root.dir = this.data.rtl ? "rtl" : "ltr";
    this.root.setAttribute("aria-label", words.label);
    name(this.back, words.back);
    name(this.on, words.on);
    name(this.speeds, words.speed);
    name(this.window, words.window);
    name(this.handles[0], words.first);
    name(this.handles[1], words.last);
    this.presets.replaceChildren(this.anchor, ...[1, 7, 30, 0].map((days) => {
      const button = this.page.document.createElement("button");
      button.type = "button";
      button.textContent = words.presets[days];
      button.dataset.days = days;
      button.onclick = () => this.move(this.preset(days), this.rows.undated, true);
      return button;
    }));
    this.setSpeed(this.speed);
  }

  // ---- to the page --------------------------------------------------------------------------------------------------

  // Show another time; `settled`: the visitor has let go, the page is told a moment later.
  move(range, undated, settled) {
    this.sent++;
    this.range = range && range[0] <= 0 && range[1] >= this.days - 1 ? null : range;
    this.rows.narrow(this.range, undated);
    this.repaint(false);
    clearTimeout(this.telling);
    if (settled) this.telling = setTimeout(() => this.tell(), 150);
  }

  tell() {
    const day = (number) => new Date((this.data.layout.day + number) * DAY).toISOString().slice(0, 10);
    this.send({ since: this.range && day(this.range[0]), until: this.range && day(this.range[1]), undated: this.rows.undated, sent: this.sent });
  }

  // ---- moving the window --------------------------------------------------------------------------------------------

  shown() {
    return this.range || [0, this.days - 1];
  }

  // The days on which the first and the last event begin, and on which the longest ends: the axis may reach further.
  edges() {
    const { first, last, end } = this.rows.perDay(this.days), far = this.days - 1;
    return last < 0 ? { first: 0, last: far, end: far, none: true } : { first, last, end: Math.min(end, far) };
  }

  // So many days up to the last event; all of them for 0.
  preset(days) {
    const { last } = this.edges();
    return days ? [Math.max(last - days + 1, 0), last] : null;
  }

  // A window of one day: where a step leads from the whole time.
  entered(by) {
    const { first, last } = this.edges();
    return by > 0 ? [first, first] : [last, last];
  }

  // Days and pixels: the first day stands where reading begins.
  scale() {
    const width = this.chart.clientWidth || 1, [from, to] = this.domain || [0, this.days];
    const unit = width / (to - from), rtl = this.data.rtl;
    const x = (day) => (rtl ? width - (day - from) * unit : (day - from) * unit);
    return { width, unit, x, day: (at) => from + (rtl ? width - at : at) / unit };
  }

  grab(event) {
    if (event.button) return;
    const { x, day } = this.scale(), box = this.chart.getBoundingClientRect(), grip = GRIP[event.pointerType] || 12;
    const at = (moved) => Math.floor(Math.min(Math.max(day(moved.clientX - box.left), 0), this.days - 1e-6));
    const began = at(event), [first, last] = this.shown(), pointer = event.clientX - box.left;
    const end = [first, last + 1].map((edge) => Math.abs(x(edge) - pointer)), near = end[0] < end[1] ? 0 : 1;
    const mode = this.range && end[near] <= grip ? "end" : this.range && first <= began && began <= last ? "window" : "new";
    const drag = (moved) => {
      const now = at(moved);
      if (mode === "new") this.move([Math.min(began, now), Math.max(began, now)], this.rows.undated, false);
      if (mode === "end") this.move(near ? [first, Math.max(now, first)] : [Math.min(now, last), last], this.rows.undated, false);
      if (mode === "window") this.move(this.shifted([first, last], now - began), this.rows.undated, false);
    };
    const drop = () => {
      this.chart.onpointermove = this.chart.onpointerup = this.chart.onpointercancel = null;
      if (this.dragged && Math.abs(this.dragged - pointer) > 3) this.move(this.range, this.rows.undated, true);
      else if (mode === "new") this.move(this.barAt(began), this.rows.undated, true);
      this.dragged = null;
    };
    this.pause();
    this.chart.setPointerCapture(event.pointerId);
    this.chart.onpointermove = (moved) => {
      if (!this.dragged && Math.abs(moved.clientX - box.left - pointer) <= 3) return;
      this.dragged = moved.clientX - box.left || 1;
      drag(moved);
    };
    this.chart.onpointerup = this.chart.onpointercancel = drop;
    (mode === "end" ? this.handles[near] : this.window).focus({ preventScroll: true });
  }

  barAt(day) {
    const step = this.barStep(), start = Math.floor(day / step) * step;
    return [start, Math.min(start + step, this.days) - 1];
  }

  shifted([first, last], by) {
    const within = Math.min(Math.max(by, -first), this.days - 1 - last);
    return [first + within, last + within];
  }

  step(by) {
    this.pause();
    this.move(this.range ? this.shifted(this.range, by) : this.entered(by), this.rows.undated, true);
  }

  keyed(event, ends) {
    const ahead = this.data.rtl ? "ArrowLeft" : "ArrowRight", behind = this.data.rtl ? "ArrowRight" : "ArrowLeft";
    const range = [...this.shown()], length = range[1] - range[0] + 1, far = this.days;
    const by = { [ahead]: 1, [behind]: -1, ArrowUp: 1, ArrowDown: -1, PageUp: length, PageDown: -length, Home: -far, End: far }[event.key];
    if (event.key === "Escape") this.move(null, this.rows.undated, true);
    if (by === undefined) return;
    event.preventDefault();
    this.pause();
    if (ends.length === 2) return this.move(this.range ? this.shifted(range, by) : this.entered(by), this.rows.undated, true);
    const [end] = ends;
    range[end] = Math.min(Math.max(range[end] + by, end ? range[0] : 0), end ? far - 1 : range[1]);
    this.move(range, this.rows.undated, true);
  }

  // ---- playing ------------------------------------------------------------------------------------------------------

  setSpeed(speed) {
    this.speed = speed;
    this.speeds.textContent = `${this.numbers.format(SPEEDS[speed])}×`;
    if (this.timer) this.start(true);
    else this.painted();
  }

  // A narrowed window walks on by a day, or by a bar where bars stand for more; the whole time is walked bar by bar.
  start(going) {
    clearInterval(this.timer);
    const step = this.barStep();
    if (!going) {
      const begin = Math.floor(this.edges().first / step) * step, long = Math.max(step, Math.ceil(this.days / 30));
      const [first, last] = this.range || [0, long - 1];
      if (!this.range || last >= this.days - 1) this.move([begin, Math.min(begin + last - first, this.days - 1)], this.rows.undated, false);
    }
    this.timer = setInterval(() => {
      if (!this.root.isConnected || this.range === null || this.range[1] >= this.days - 1) return this.pause();
      this.move(this.shifted(this.range, step), this.rows.undated, false);
    }, 500 / SPEEDS[this.speed]);
    this.painted();
  }

  pause() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.painted();
    this.move(this.range, this.rows.undated, true);
  }

  painted() {
    const { words } = this.data;
    this.play.querySelector("path").setAttribute("d", this.timer ? "M7 5h4v14H7zM13 5h4v14h-4z" : "M8 5v14l11-7z");
    const text = this.timer ? words.pause : words.play;
    this.play.title = text;
    this.play.setAttribute("aria-label", text);
    this.play.setAttribute("aria-pressed", String(Boolean(this.timer)));
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------

  // Enlarge the chart to three times the window, or show the whole time again.
  enlarge() {
    const [first, last] = this.shown(), length = last - first + 1;
    const from = Math.max(first - length, 0);
    this.domain = this.domain ? null : [from, Math.max(Math.min(last + 1 + length, this.days), from + 7)];
    this.repaint(true);
  }

  // An enlarged chart goes along with the window.
  follow() {
    if (!this.domain) return;
    const [first, last] = this.shown(), [from, to] = this.domain;
    if (last - first + 1 >= to - from) this.domain = null;
    else if (first < from || last + 1 > to) {
      const start = Math.min(Math.max(first < from ? first : last + 1 - (to - from), 0), this.days - (to - from));
      this.domain = [start, start + to - from];
    } else return;
    this.stale = true;
  }

  barStep() {
    const [from, to] = this.domain || [0, this.days], most = Math.min((this.chart.clientWidth || 600) / 4, 180);
    return STEPS.find((step) => (to - from) / step <= most) || STEPS[STEPS.length - 1];
  }

  repaint(all) {
    if (!this.data || !this.rows.layout) return;
    this.stale = this.stale || all;
    this.waiting = this.waiting || requestAnimationFrame(() => {
      this.waiting = 0;
      this.follow();
      this.bars();
      if (this.stale) this.ticks();
      this.stale = false;
      this.place();
      this.say();
    });
  }

  bars() {
    const { width, unit, x } = this.scale(), height = this.chart.clientHeight, ratio = devicePixelRatio || 1;
    const step = this.barStep(), { families } = this.rows.layout, { tally } = this.rows.perDay(this.days);
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const pen = this.canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const [from, to] = this.domain || [0, this.days], bars = [];
    for (let start = Math.floor(from / step) * step; start < to; start += step) {
      const parts = new Uint32Array(families);
      for (let day = start; day < Math.min(start + step, this.days); day++)
        for (let f = 0; f < families; f++) parts[f] += tally[day * families + f];
      bars.push({ start, parts, total: parts.reduce((sum, n) => sum + n, 0) });
    }
    const most = Math.max(...bars.map((bar) => bar.total), 0), [first, last] = this.shown(), gap = unit * step > 6 ? 1.5 : 0.5;
    this.peak = most;
    bars.filter((bar) => bar.total).forEach(({ start, parts, total }) => {
      const inside = start <= last && start + step > first, ends = [x(start), x(start + step)];
      const left = Math.min(...ends) + gap / 2, wide = Math.max(Math.abs(ends[1] - ends[0]) - gap, 1);
      let y = height;
      pen.globalAlpha = inside ? 1 : 0.22;
      parts.forEach((n, family) => {
        if (!n) return;
        const high = Math.max((n / most) * (height - 14), total === n ? 2 : 0.5);
        pen.fillStyle = this.data.colours[family];
        pen.fillRect(left, y - high, wide, high);
        y -= high;
      });
    });
    this.top.textContent = most ? this.numbers.format(most) : "";
    this.unit.textContent = this.data.words.units[step];
  }

  ticks() {
    const { width, unit, x } = this.scale(), zero = this.data.layout.day, marks = [];
    const [from, to] = this.domain || [0, this.days], room = Math.max(Math.floor(width / 92), 2);
    const months = (to - from) / 30.4, every = months / room;
    const format = (options) => new Intl.DateTimeFormat(this.data.locale, { timeZone: "UTC", ...options });
    if (every < 0.7) {
      const step = [1, 2, 5, 10, 15].find((days) => (to - from) / days <= room) || 15;
      const middle = unit > 30 && this.barStep() === 1 ? 0.5 : 0; // under a broad bar, not at its edge
      for (let at = Math.ceil(from / step) * step; at < to; at += step) marks.push([at + middle, this.short.format(new Date((zero + at) * DAY))]);
    } else {
      const step = [1, 3, 6, 12, 24, 60, 120, 240].find((number) => number >= every) || 600;
      const written = format(step < 12 ? { month: "short", year: "numeric" } : { year: "numeric" });
      const start = new Date((zero + from) * DAY);
      for (let month = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step; ; month += step) {
        const date = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)), at = date / DAY - zero;
        if (at >= to) break;
        if (at >= from) marks.push([at, written.format(date)]);
      }
    }
    this.axis.replaceChildren(...marks.map(([at, text]) => {
      const mark = this.page.document.createElement("span");
      mark.textContent = text;
      mark.style.left = `${Math.min(Math.max(x(at), 0), width)}px`;
      mark.classList.toggle("last", Math.abs(x(at) - width) < 46);
      mark.classList.toggle("first", x(at) < 46);
      return mark;
    }));
  }

  place() {
    const { x } = this.scale(), [first, last] = this.shown(), ends = [x(first), x(last + 1)];
    const left = Math.min(...ends), right = Math.max(...ends);
    this.window.style.left = `${left}px`;
    this.window.style.width = `${right - left}px`;
    this.root.classList.toggle("whole", !this.range);
    this.handles.forEach((handle, end) => { handle.style.left = `${ends[end]}px`; });
    const day = (number) => this.dates.format(new Date((this.data.layout.day + number) * DAY));
    [[this.window, first], [this.handles[0], first], [this.handles[1], last]].forEach(([node, now]) => {
      node.setAttribute("aria-valuemin", 0);
      node.setAttribute("aria-valuemax", this.days - 1);
      node.setAttribute("aria-valuenow", now);
      node.setAttribute("aria-valuetext", day(now));
    });
    const edges = this.edges(), told = this.range || [edges.first, edges.end];
    const [from, to, latest] = [...told, edges.last].map((number) => new Date((this.data.layout.day + number) * DAY));
    this.label.textContent = edges.none && !this.range ? this.data.words.none : this.dates.formatRange(from, to);
    this.root.classList.toggle("undated", Boolean(edges.none && !this.range));
    this.anchor.textContent = this.data.words.anchor.replace("{date}", this.short.format(latest));
    const far = (last - first + 1) / this.days < 0.15 || this.domain;
    this.zoom.hidden = !far;
    this.zoom.textContent = this.domain ? this.data.words.whole : this.data.words.enlarge;
    this.presets.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(String(this.range) === String(this.preset(Number(button.dataset.days)))));
    });
  }

  say() {
    const { dated, undated } = this.rows.count(), written = (forms, n) =>
      (typeof forms === "string" ? forms : forms[this.plurals.select(n)] || forms.other).replace("{n}", this.numbers.format(n));
    this.count.textContent = written(this.data.words.dated, dated);
    this.count.dataset.n = dated;
    this.undated.hidden = !undated;
    const [box, text] = this.undated.children, kept = !this.range || this.rows.undated;
    box.checked = kept;
    box.disabled = !this.range;
    text.textContent = written(this.data.words.undated, undated);
    this.undated.title = this.data.words.keep;
  }
}

export default function draw({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".time");
  root.timeline = root.timeline || new Timeline(root, window);
  root.timeline.update(data, (range) => setStateValue("range", range));
}
