// What the timeline looks like: bars stacked by action, the axis below them, the window's edges and what is said of it.
// timeline.js moves the window; everything here follows from `rows`, `range` and `domain`.

export const DAY = 864e5;
const STEPS = [1, 7, 30, 365];
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

export class Chart {
  constructor(root, page, rows) {
    Object.assign(this, { root, page, rows });
    this.range = null;
    this.domain = null; // the days that the chart covers, if it is enlarged
    root.innerHTML = SKELETON;
    const find = (name) => root.querySelector(`.time-${name}`);
    Object.assign(this, { play: find("play"), speeds: find("speed"), label: find("range"), count: find("count") });
    Object.assign(this, { presets: find("presets"), anchor: find("anchor"), zoom: find("zoom"), undated: find("undated"), chart: find("chart") });
    Object.assign(this, { back: find("back"), on: find("on"), window: find("window"), axis: find("axis"), top: find("top"), unit: find("unit") });
    this.handles = [...root.querySelectorAll(".time-handle")];
    this.canvas = root.querySelector("canvas");
    new ResizeObserver(() => this.repaint(true)).observe(this.chart);
  }

  shown() {
    return this.range || [0, this.days - 1];
  }

  // The days on which the first and the last event begin, and on which the longest ends: the axis may reach further.
  edges() {
    const { first, last, end } = this.rows.perDay(this.days), far = this.days - 1;
    return last < 0 ? { first: 0, last: far, end: far, none: true } : { first, last, end: Math.min(end, far) };
  }

  // Days and pixels: the first day stands where reading begins.
  scale() {
    const width = this.chart.clientWidth || 1, [from, to] = this.domain || [0, this.days];
    const unit = width / (to - from), rtl = this.data.rtl;
    const x = (day) => (rtl ? width - (day - from) * unit : (day - from) * unit);
    return { width, unit, x, day: (at) => from + (rtl ? width - at : at) / unit };
  }

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
