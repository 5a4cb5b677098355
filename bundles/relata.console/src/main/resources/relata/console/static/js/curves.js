// Curves over steps: one chart a figure, one series a stage (and run, where several are compared). Drawn by uPlot.
import { bytes, h, num, colours, onScheme, show, duration } from './core.js';

const NOT_FIGURES = new Set(['step', 'epoch', 'seconds']);

/** What the process takes of the machine, as figures beside those of the method. */
export const MEMORY = 'process.memory';
export const SPEED = 'process.speed';

/** Gathers lines of metrics.jsonl into figures: name -> series -> points. */
export class Figures {
  constructor() {
    this.charts = new Map();
    this.stages = new Map();
    this.clocks = new Map();
  }

  /** Forgets all. */
  clear() {
    this.charts.clear();
    this.stages.clear();
    this.clocks.clear();
  }

  /** What the process took: its memory, and its speed since the line before. Runs of older versions do not say. */
  use({ stage, step, process: { seconds, memory } }, run) {
    if (memory > 0) this.add({ stage, step, [MEMORY]: memory }, run);
    const key = JSON.stringify([run, stage]);
    const before = this.clocks.get(key);
    // a stage that goes on begins to count anew; an epoch that was judged takes time, but no updates
    if (before && step > before.step && seconds > before.seconds) this.add({ stage, step, [SPEED]: (step - before.step) / (seconds - before.seconds) }, run);
    this.clocks.set(key, { step, seconds });
  }

  /** All values of a figure of one stage, in the order in which they came. */
  values(name, stage) {
    return [...(this.charts.get(name)?.get(stage)?.values() ?? [])];
  }

  /** Takes a line in; a series has the name of its stage, after that of its run if given. */
  add(line, run = '') {
    if (line.process) this.use(line, run);
    for (const [name, value] of Object.entries(line)) {
      if (NOT_FIGURES.has(name) || typeof value !== 'number') continue;
      const chart = this.charts.get(name) ?? this.charts.set(name, new Map()).get(name);
      const series = [run, line.stage, line.split].filter(Boolean).join(' · ');
      this.stages.set(series, [run, line.stage].filter(Boolean).join(' · '));
      const points = chart.get(series) ?? chart.set(series, new Map()).get(series);
      if (line.step !== undefined) points.set(line.step, value);
    }
  }

  /** The names of figures with a curve to draw, the loss first. Figures with a colon are those of single classes. */
  names() {
    const rank = (name) => (name === 'loss' ? 0 : name.startsWith('micro') ? 1 : name === 'rate' || name === 'norm' ? 3 : name === SPEED || name === MEMORY ? 4 : 2);
    return [...this.charts.keys()].filter((n) => !n.includes(':') && [...this.charts.get(n).values()].some((p) => p.size > 0)).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  }

  /** What uPlot takes: steps, then one row a series. */
  data(name, smooth) {
    const series = new Map([...this.charts.get(name)].filter(([, points]) => points.size));
    const steps = [...new Set([...series.values()].flatMap((p) => [...p.keys()]))].sort((a, b) => a - b);
    const stages = [...new Set(this.stages.values())];
    // a stage has one colour in all charts
    const palette = colours(stages.length);
    return { labels: [...series.keys()], inks: [...series.keys()].map((l) => palette[stages.indexOf(this.stages.get(l))]), data: [steps, ...[...series.values()].map((p) => row(steps, p, smooth))] };
  }
}

function row(steps, points, smooth) {
  let mean;
  return steps.map((step) => {
    const value = points.get(step);
    if (value === undefined) return undefined; // not measured at this step: the curve goes on
    mean = mean === undefined || !smooth ? value : smooth * mean + (1 - smooth) * value;
    return mean;
  });
}

const TITLES = { loss: 'Loss', rate: 'Learning rate', norm: 'Gradient norm', [SPEED]: 'Updates a second', [MEMORY]: 'Memory of the process' };

/** A value of a figure, with its unit. */
const worth = (name, value, digits) => (value === null || value === undefined ? '–' : name === MEMORY ? bytes(value) : num(value, digits));

/** Shows figures in a place, and again whenever they change. */
export class Curves {
  constructor(place, figures) {
    this.place = place;
    this.figures = figures;
    this.plots = new Map();
    this.smooth = 0;
    new ResizeObserver(() => this.fit()).observe(place);
    onScheme(() => {
      this.clear();
      this.draw();
    });
  }

  clear() {
    for (const { plot } of this.plots.values()) plot.destroy();
    this.plots.clear();
    show(this.place);
  }

  draw() {
    for (const name of this.figures.names()) {
      const { labels, inks, data } = this.figures.data(name, this.smooth);
      const known = this.plots.get(name);
      if (known && known.labels.length === labels.length) {
        known.plot.setData(data);
        tell(known.plot, name, labels, data);
      } else this.make(name, labels, inks, data, known);
    }
  }

  make(name, labels, inks, data, known) {
    known?.plot.destroy();
    const box = known?.box ?? h('div', { class: 'chart' }, h('h3', {}, TITLES[name] ?? name));
    if (!known) this.place.append(box);
    const style = getComputedStyle(document.documentElement);
    const text = style.getPropertyValue('--muted').trim();
    const line = style.getPropertyValue('--line').trim();
    const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: '12px system-ui, sans-serif' };
    const sparse = data[0].length < 40;
    const plot = new window.uPlot({
      width: this.width(box), height: 230, cursor: { y: false },
      // what the process takes is read from zero on: a little more should look like a little
      scales: { x: { time: false }, y: name === SPEED || name === MEMORY ? { range: (u, min, max) => [0, (max || 1) * 1.1] } : {} },
      axes: [
        { ...axis, label: 'update', labelSize: 18, labelFont: '12px system-ui, sans-serif', values: (u, ticks) => ticks.map((t) => (Number.isInteger(t) ? num(t) : '')) },
        { ...axis, size: 62, values: (u, ticks) => ticks.map((t) => worth(name, t, 3)) },
      ],
      series: [
        { label: 'update', value: (u, v) => (v === null || v === undefined ? '–' : num(v)) },
        ...labels.map((label, i) => ({ label, stroke: inks[i], width: 2, spanGaps: true, points: { show: sparse, size: 5 }, value: (u, v) => worth(name, v) })),
      ],
    }, data, box);
    // several series: their names are scrolled, by the keyboard too
    if (labels.length > 1) plot.root.querySelector('.u-legend').tabIndex = 0;
    tell(plot, name, labels, data);
    this.plots.set(name, { plot, box, labels });
  }

  width(box) {
    return Math.max(220, box.clientWidth || this.place.clientWidth);
  }

  fit() {
    for (const { plot, box } of this.plots.values()) if (plot.width !== this.width(box)) plot.setSize({ width: this.width(box), height: 230 });
  }
}

/** The last values in words, for those who cannot see the curve. */
function tell(plot, name, labels, data) {
  const last = labels.map((label, i) => `${label} ${worth(name, data[i + 1].findLast((v) => v !== undefined))}`).join('; ');
  const canvas = plot.root.querySelector('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${TITLES[name] ?? name} up to update ${num(data[0].at(-1))}. Last values: ${last}`);
}

/** Reckons how fast a stage goes from how far it was. */
export class Pace {
  constructor() {
    this.seen = [];
  }

  add(done) {
    const now = performance.now() / 1000;
    if (this.seen.length && done < this.seen.at(-1)[1]) this.seen = [];
    this.seen.push([now, done]);
    this.seen = this.seen.filter(([when]) => now - when < 30).slice(-200);
    const [from, was] = this.seen[0];
    return now - from > 1 ? (done - was) / (now - from) : NaN;
  }
}

/** How far a stage is, as a bar and in words. */
export function far(progress, perSecond) {
  const { what, done, total, unit, secondsLeft } = progress;
  const bar = h('progress', total > 0 ? { max: total, value: done, 'aria-label': what || unit } : { 'aria-label': what || unit });
  const words = [`${num(done)}${total > 0 ? ` of ${num(total)}` : ''} ${unit}`];
  if (perSecond > 0) words.push(`${num(perSecond, 3)} ${unit}/s`);
  if (secondsLeft > 0) words.push(`about ${duration(secondsLeft)} left`);
  return h('div', {}, what ? h('div', { class: 'hint' }, what) : null, bar, h('div', { class: 'hint' }, words.join(' · ')));
}
