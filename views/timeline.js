// The timeline: a histogram of the rows over their whole time, and a window on it that the visitor drags, steps and
// plays. What it shows is counted in the browser (columns.js), so the map follows at once; the page is told when the
// visitor lets go. Mounted by views/time_bar.py; timeline_chart.js draws. Only words of labels.yml come here, and they
// are set as text.

import { Rows } from "./columns.js";
import { Line } from "./push.js";
import { Chart, DAY } from "./timeline_chart.js";

const GRIP = { mouse: 9, touch: 22, pen: 16 };
const SPEEDS = [1, 2, 4];

class Timeline extends Chart {
  constructor(root, page) {
    super(root, page, (page.eventRows = page.eventRows || new Rows()));
    this.sent = 0; // how many times the visitor moved the window; what the page says of an earlier one is not heeded
    this.speed = 0;
    this.listen();
    this.heard = (what) => (root.isConnected ? this.repaint(what !== "range") : this.rows.listeners.delete(this.heard));
    this.rows.listeners.add(this.heard);
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
    this.rows.load(new URL(data.source, this.page.document.baseURI).href, data.layout);
    const line = new URL(data.line, this.page.document.baseURI);
    line.protocol = line.protocol.replace("http", "ws");
    (this.page.eventLine ||= new Line((told) => this.page.eventRows.filter(told))).open(line.href);
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
}

export default function draw({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".time");
  root.timeline = root.timeline || new Timeline(root, window);
  root.timeline.update(data, (range) => setStateValue("range", range));
}
