// All rows as arrays of numbers, and what is counted of them: how many there are at each place and in each bar of the
// histogram. One such object in the page's window serves the timeline and the map (views/columns.py makes the arrays).

export const UNDATED = 65535;

export class Rows {
  listeners = new Set();
  layout = null;
  asked = null; // the address of the arrays that were asked for last
  source = null;
  range = null; // [first, last] day, both included; null: the whole time
  undated = false; // whether undated rows are kept although the time is narrowed

  // Take the arrays of a store; the same address is fetched once. They are shown when it is known which rows pass.
  async load(source, layout) {
    if (this.asked === source) return;
    this.asked = source;
    const answer = await fetch(source);
    if (!answer.ok) {
      this.asked = null; // the page names the address again with its next run
      throw new Error(`the events did not come: ${answer.status}`);
    }
    const buffer = await answer.arrayBuffer();
    if (this.asked !== source) return; // a newer store was asked for meanwhile
    this.fresh = { source, layout, buffer };
    if (this.told) this.filter(this.told);
  }

  take({ source, layout, buffer }) {
    let at = 0;
    const take = (Kind, length) => new Kind(buffer, (at += Kind.BYTES_PER_ELEMENT * length) - Kind.BYTES_PER_ELEMENT * length, length);
    this.pins = take(Float64Array, layout.places);
    this.place = take(layout.wide ? Uint32Array : Uint16Array, layout.rows);
    this.day = take(Uint16Array, layout.rows);
    this.until = take(Uint16Array, layout.rows);
    this.kind = take(Uint8Array, layout.rows);
    this.sure = take(Uint8Array, layout.rows);
    this.level = take(Uint8Array, layout.places);
    Object.assign(this, { source, layout, fresh: null });
    this.project();
  }

  // A pin's number is its coordinates: hundred-thousandths of a degree from the south pole and the date line.
  project() {
    const { places } = this.layout;
    this.lat = new Float64Array(places);
    this.lon = new Float64Array(places);
    this.x = new Float64Array(places);
    this.y = new Float64Array(places);
    this.index = new Map();
    for (let p = 0; p < places; p++) {
      const north = Math.floor(this.pins[p] / 67108864);
      this.lat[p] = north / 1e5 - 90;
      this.lon[p] = (this.pins[p] - north * 67108864) / 1e5 - 180;
      this.x[p] = this.lon[p] / 360 + 0.5; // web Mercator, the world as one unit
      const sine = Math.min(Math.max(Math.sin((this.lat[p] * Math.PI) / 180), -0.9999), 0.9999);
      this.y[p] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      this.index.set(this.pins[p], p);
    }
  }

  // Which rows the page's filters leave, the time apart: `packed` as views/columns.py does; empty: all. `ticket`: the
  // map's move of the same run of the page; the map waits for it, so that it looks at what that run shows. `source`: of
  // which store; if its arrays are still on their way, this is looked at again when they are there.
  filter(told) {
    const { packed, ticket, source } = (this.told = told), of = (rows) => rows?.source?.endsWith(source);
    const fresh = of(this.fresh) ? this.fresh : null;
    if (!fresh && !of(this)) return;
    if (!fresh && this.packed === packed) return this.answer("ticket", ticket);
    const keep = (bits) => {
      if (this.told !== told) return;
      if (fresh) this.take(fresh);
      Object.assign(this, { packed, kept: bits });
      this.answer(fresh ? "rows" : "filter", ticket);
    };
    const bits = unpacked(packed, (fresh || this).layout.rows);
    if (bits instanceof Promise) bits.then(keep);
    else keep(bits);
  }

  answer(what, ticket) {
    if (what === "ticket" && this.ticket === ticket) return;
    this.ticket = ticket;
    this.changed(what);
  }

  narrow(range, undated) {
    const same = String(this.range) === String(range) && this.undated === undated;
    this.range = range;
    this.undated = undated;
    if (!same) this.changed("range");
  }

  changed(what) {
    if (what !== "words" && what !== "ticket") this.counted = null;
    if (what === "rows" || what === "filter") this.barred = null;
    if (what === "rows") this.sums = this.bars = null;
    if (this.layout) this.listeners.forEach((listener) => listener(what));
  }

  // The number of rows at each place by kind, their confidence added up, and how many there are in all. After a filter
  // only the rows that come or go are looked at.
  count() {
    if (this.counted) return this.counted;
    const { rows, places, families } = this.layout, kinds = families * 2, time = `${this.range} ${this.undated}`;
    if (this.sums?.time !== time) {
      const parts = new Uint32Array(places * kinds), sure = new Uint32Array(places), totals = new Uint32Array(places);
      this.sums = { time, parts, sure, totals, dated: 0, undated: 0, bits: null };
    }
    const { sums, place, day, until, kind } = this, { parts, sure, totals } = sums, whole = !this.range;
    const [first, last] = this.range || [0, 0];
    let { undated, dated } = sums;
    eachChanged(sums.bits, this.kept, rows, (i, by) => {
      const start = day[i];
      if (start === UNDATED) {
        undated += by;
        if (!whole && !this.undated) return;
      } else if (!whole && (start > last || until[i] < first)) return;
      else dated += by;
      const p = place[i];
      parts[p * kinds + kind[i]] += by;
      totals[p] += by;
      sure[p] += by * this.sure[i];
    });
    Object.assign(sums, { dated, undated, bits: this.kept || ALL });
    return (this.counted = { parts, sure, totals, dated, undated, kinds });
  }

  // The number of rows that begin on each of some days, by family; the page's time does not narrow them. `first` and
  // `last`: the days on which the first and the last one begin, `end`: on which the longest ends; `last` is -1 if none has a day.
  perDay(days) {
    if (this.barred) return this.barred;
    const { rows, families } = this.layout, { day, until, kind } = this;
    if (this.bars?.days !== days) this.bars = { days, tally: new Uint32Array(days * families), ends: new Uint32Array(UNDATED + 1), bits: null };
    const { tally, ends, bits } = this.bars;
    eachChanged(bits, this.kept, rows, (i, by) => {
      if (day[i] >= days) return;
      tally[day[i] * families + (kind[i] >> 1)] += by;
      ends[until[i]] += by;
    });
    this.bars.bits = this.kept || ALL;
    const begun = tally.findIndex((n) => n > 0), done = tally.findLastIndex((n) => n > 0);
    const first = begun < 0 ? Infinity : Math.floor(begun / families), last = done < 0 ? -1 : Math.floor(done / families);
    return (this.barred = { tally, first, last, end: ends.findLastIndex((n) => n > 0) });
  }

  // Corners [[south, west], [north, east]] around what is shown, but for a share of the events of many places on each
  // side; null if nothing of it has a place.
  extent(share = 0) {
    const { totals } = this.count(), places = [];
    let sum = 0;
    for (let p = this.layout.nowhere; p < totals.length; p++) {
      if (!totals[p]) continue;
      places.push(p);
      sum += totals[p];
    }
    if (!places.length) return null;
    const spare = places.length > 50 ? sum * share : 0;
    const edge = (values, order) => {
      let left = spare;
      return values[places.sort((a, b) => order * (values[a] - values[b])).find((p) => (left -= totals[p]) < 0)];
    };
    return [[edge(this.lat, 1), edge(this.lon, 1)], [edge(this.lat, -1), edge(this.lon, -1)]];
  }

  // What is shown in a part of the map, gathered in squares of `size` pixels at a zoom; `box` is in world pixels. The
  // places `apart` are left out: they are drawn as areas.
  cells(zoom, box, size, apart) {
    const { parts, sure, totals, kinds } = this.count(), scale = 256 * 2 ** zoom;
    const left = Math.floor(box.left / size), top = Math.floor(box.top / size);
    const width = Math.ceil(box.right / size) - left + 1, height = Math.ceil(box.bottom / size) - top + 1;
    const grid = new Int32Array(width * height).fill(-1), cells = [];
    for (let p = this.layout.nowhere; p < totals.length; p++) {
      const total = totals[p];
      if (!total || apart.has(p)) continue;
      const x = this.x[p] * scale, y = this.y[p] * scale;
      const column = Math.floor(x / size) - left, row = Math.floor(y / size) - top;
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const at = row * width + column;
      if (grid[at] < 0) {
        grid[at] = cells.length;
        cells.push({ key: `${left + column}/${top + row}`, total: 0, x: 0, y: 0, sure: 0, places: [], parts: new Uint32Array(kinds) });
      }
      const cell = cells[grid[at]];
      cell.total += total;
      cell.x += x * total;
      cell.y += y * total;
      cell.sure += sure[p];
      cell.places.push(p);
      for (let k = 0, from = p * kinds; k < kinds; k++) cell.parts[k] += parts[from + k];
    }
    cells.forEach((cell) => { cell.x /= cell.total; cell.y /= cell.total; });
    return cells;
  }
}

const ALL = "all"; // stands for bits of which none is off

// Call `use` with each row whose bit is another one than before, and with 1 if it came and -1 if it went. No bits: before
// the first time none, now all.
function eachChanged(before, now, rows, use) {
  for (let at = 0; at < rows; at += 8) {
    const held = now ? now[at >> 3] : 255, had = before === ALL ? 255 : before ? before[at >> 3] : 0;
    let change = held ^ had;
    for (let i = at; change && i < rows; i++, change = (change << 1) & 255) if (change & 128) use(i, held & (128 >> (i & 7)) ? 1 : -1);
  }
}

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// Bits, a row each, or a promise of them; null if all rows are kept.
function unpacked(packed, rows) {
  if (!packed) return null;
  const body = bytes(packed.slice(1));
  return { r: () => runs(body, rows), b: () => body, z: () => inflated(body) }[packed[0]]();
}

// Bits from where runs of kept rows begin and end.
function runs(body, rows) {
  const edges = new Uint32Array(body.buffer), bits = new Uint8Array((rows + 7) >> 3);
  for (let run = 0; run < edges.length; run += 2) {
    let i = edges[run];
    const end = edges[run + 1];
    for (; i < end && i & 7; i++) bits[i >> 3] |= 128 >> (i & 7);
    bits.fill(255, i >> 3, Math.max(end, i) >> 3);
    for (i = Math.max(i, end & ~7); i < end; i++) bits[i >> 3] |= 128 >> (i & 7);
  }
  return bits;
}

async function inflated(body) {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
