// Dots on a canvas that can be pointed at, clicked, encircled and gone through by arrow keys.
import { h, show } from './core.js';

const RADIUS = 4;
const PAD = 22;

export class Scatter {
  /** Tells hover(i) for what the tip shows, choose(i) of a click, select([i]) of a lasso. */
  constructor(place, on) {
    this.on = on;
    this.points = [];
    this.colours = [];
    this.words = [];
    this.hidden = new Set();
    this.rings = new Set();
    this.canvas = h('canvas', { tabindex: 0, role: 'application', 'aria-label': 'Map of vectors. Arrow keys go from dot to dot, Enter shows nearest neighbours.' });
    this.tip = h('div', { class: 'tip', hidden: true });
    show(place, this.canvas, this.tip);
    const c = this.canvas;
    c.addEventListener('pointermove', (e) => this.moved(e));
    c.addEventListener('pointerleave', () => this.point(-1));
    c.addEventListener('pointerdown', (e) => { this.lasso = [[e.offsetX, e.offsetY]]; c.setPointerCapture(e.pointerId); });
    c.addEventListener('pointerup', (e) => this.released(e));
    c.addEventListener('keydown', (e) => this.key(e));
    c.addEventListener('blur', () => this.point(-1));
    new ResizeObserver(() => this.draw()).observe(c);
  }

  clear() {
    this.points = [];
    this.draw();
  }

  place(points) {
    this.points = points;
    this.draw();
  }

  paint(colours, words, hidden) {
    this.colours = colours;
    this.words = words;
    this.hidden = hidden;
    this.rings = new Set();
    this.draw();
  }

  /** Hides or shows what has a word; true if it is hidden now. */
  toggle(word) {
    const hide = !this.hidden.has(word);
    if (hide) this.hidden.add(word);
    else this.hidden.delete(word);
    this.draw();
    return hide;
  }

  ring(indices) {
    this.rings = new Set(indices);
    this.draw();
  }

  scale() {
    const { clientWidth: w, clientHeight: t } = this.canvas;
    const xs = this.points.map((p) => p[0]);
    const ys = this.points.map((p) => p[1]);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const k = Math.min((w - 2 * PAD) / (x1 - x0 || 1), (t - 2 * PAD) / (y1 - y0 || 1));
    const dx = (w - k * (x1 - x0)) / 2;
    const dy = (t - k * (y1 - y0)) / 2;
    this.on_screen = this.points.map(([x, y]) => [dx + k * (x - x0), dy + k * (y - y0)]);
  }

  draw() {
    const c = this.canvas;
    const dense = devicePixelRatio || 1;
    const [w, t] = [c.clientWidth, c.clientHeight];
    if (c.width !== Math.round(w * dense) || c.height !== Math.round(t * dense)) {
      c.width = Math.round(w * dense);
      c.height = Math.round(t * dense);
    }
    const g = c.getContext('2d');
    g.setTransform(dense, 0, 0, dense, 0, 0);
    g.clearRect(0, 0, w, t);
    if (!this.points.length) return;
    this.scale();
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue('--text').trim();
    this.on_screen.forEach(([x, y], i) => {
      if (this.hidden.has(this.words[i])) return;
      g.globalAlpha = this.rings.size && !this.rings.has(i) ? 0.35 : 0.85;
      g.fillStyle = this.colours[i] ?? ink;
      g.beginPath();
      g.arc(x, y, RADIUS, 0, 7);
      g.fill();
    });
    g.globalAlpha = 1;
    g.strokeStyle = ink;
    for (const i of new Set([...this.rings, this.at ?? -1])) {
      if (i < 0 || i >= this.points.length) continue;
      const [x, y] = this.on_screen[i];
      g.lineWidth = i === this.at ? 2.5 : 1.3;
      g.beginPath();
      g.arc(x, y, RADIUS + 3, 0, 7);
      g.stroke();
    }
    if (this.lasso?.length > 2) {
      g.setLineDash([5, 4]);
      g.lineWidth = 1.5;
      g.beginPath();
      this.lasso.forEach(([x, y], i) => (i ? g.lineTo(x, y) : g.moveTo(x, y)));
      g.closePath();
      g.stroke();
      g.setLineDash([]);
    }
  }

  nearest(x, y) {
    let best = -1;
    let least = 144;
    this.on_screen?.forEach(([px, py], i) => {
      const d = (px - x) ** 2 + (py - y) ** 2;
      if (d < least && !this.hidden.has(this.words[i])) [best, least] = [i, d];
    });
    return best;
  }

  point(i) {
    if (i === this.at) return;
    this.at = i;
    const words = i >= 0 ? this.on.hover(i) : null;
    this.tip.hidden = !words;
    if (words) {
      show(this.tip, ...words);
      const [x, y] = this.on_screen[i];
      const left = Math.max(4, Math.min(x + 12, this.canvas.clientWidth - this.tip.offsetWidth - 4));
      this.tip.style.left = `${left}px`;
      this.tip.style.top = `${y + 14 + this.tip.offsetHeight > this.canvas.clientHeight ? Math.max(4, y - 14 - this.tip.offsetHeight) : y + 14}px`;
    }
    this.draw();
  }

  moved(event) {
    if (this.lasso) {
      this.lasso.push([event.offsetX, event.offsetY]);
      this.draw();
    } else this.point(this.nearest(event.offsetX, event.offsetY));
  }

  released(event) {
    const drawn = this.lasso ?? [];
    this.lasso = null;
    if (this.points.length && drawn.length > 5) {
      const found = this.on_screen.flatMap((p, i) => (!this.hidden.has(this.words[i]) && within(p, drawn) ? [i] : []));
      this.ring(found);
      this.on.select(found);
      return;
    }
    const i = this.nearest(event.offsetX, event.offsetY);
    if (i >= 0) this.on.choose(i);
    else {
      this.ring([]);
      if (this.points.length) this.on.select([]);
    }
  }

  key(event) {
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (!this.points.length || !(ways[event.key] || event.key === 'Enter')) return;
    event.preventDefault();
    if (event.key === 'Enter') {
      if (this.at >= 0) this.on.choose(this.at);
      return;
    }
    if (!(this.at >= 0)) return this.point(this.words.findIndex((w) => !this.hidden.has(w)));
    const [ax, ay] = ways[event.key];
    const [x, y] = this.on_screen[this.at];
    let best = this.at;
    let least = Infinity;
    this.on_screen.forEach(([px, py], i) => {
      const along = (px - x) * ax + (py - y) * ay;
      const across = Math.abs((px - x) * ay) + Math.abs((py - y) * ax);
      if (along > 0 && along + 2 * across < least && !this.hidden.has(this.words[i])) [best, least] = [i, along + 2 * across];
    });
    return this.point(best);
  }
}

function within([x, y], polygon) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i];
    const [xj, yj] = polygon[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
