// The training graph: stages as boxes in the order in which they need each other, their parts as rows within. Every box and row tells about itself.
import { h, s, show, badge, bytes, at } from './core.js';

const WIDTH = 232;
const ROW = 26;
const HEAD = 50;
const GAP_X = 76;
const GAP_Y = 26;
const EDGE = 12;
const LANE = 12;
const BEND = 6;

export class Graph {
  constructor(place, details) {
    this.place = place;
    this.details = details;
    this.drawn = new Map();
    this.states = new Map();
  }

  /** Nodes and edges as the API gives them. */
  draw({ nodes, edges }) {
    const scroll = [this.place.scrollLeft, this.place.scrollTop];
    const focused = document.activeElement?.dataset?.node;
    const layout = arrange(nodes, edges);
    this.drawn.clear();
    const svg = s('svg', { width: layout.width, height: layout.height, viewBox: `0 0 ${layout.width} ${layout.height}`, role: 'group', 'aria-label': 'Training graph' },
      s('defs', {}, s('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' }, s('path', { class: 'tip', d: 'M0 0L8 4L0 8z' }))),
      layout.lines.map(line), layout.boxes.map((box) => this.box(box)));
    show(this.place, svg);
    [this.place.scrollLeft, this.place.scrollTop] = scroll;
    if (focused) this.drawn.get(focused)?.focus({ preventScroll: true });
    if (this.chosen) this.choose(nodes.find((n) => n.id === this.chosen), false);
  }

  box({ node, rows, x, y, height }) {
    const state = this.states.get(node.id) ?? node.state ?? '';
    const group = this.node(node, `box-of ${state}`, { transform: `translate(${x} ${y})` },
      s('rect', { class: 'box', width: WIDTH, height, rx: 8 }),
      s('line', { class: 'state', x1: 2.5, x2: 2.5, y1: 7, y2: height - 7, 'stroke-linecap': 'round' }),
      s('text', { x: 14, y: 21, 'font-weight': 600 }, short(node.label, 27)),
      s('text', { class: 'use', x: 14, y: 39 }, short(node.label === node.part ? node.kind : node.part, 32)));
    return s('g', {}, group, rows.map((row, i) => this.row(row, x + 10, y + HEAD + i * ROW)));
  }

  row({ node, depth, setting }, x, y) {
    const words = setting ? `${setting}: ${node.part}` : node.label;
    return this.node(node, 'row', { transform: `translate(${x + depth * 10} ${y})` },
      s('rect', { class: 'box', width: WIDTH - 20 - depth * 10, height: ROW - 4, rx: 4 }),
      s('text', { class: 'use', x: 7, y: 15 }, short(words, 32 - depth * 2)));
  }

  node(node, className, props, ...children) {
    const tell = () => this.choose(node, true);
    const element = s('g', {
      class: className, role: 'button', tabindex: 0, 'data-node': node.id, ...props,
      onclick: tell, onkeydown: (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); tell(); } },
    }, children);
    this.drawn.set(node.id, element);
    return element;
  }

  /** A node's state changes while it is looked at. */
  state(id, state) {
    this.states.set(id, state);
    for (const key of [id, `stages.${id}`]) {
      const element = this.drawn.get(key);
      if (!element) continue;
      this.states.set(key, state);
      element.classList.remove('waiting', 'running', 'done', 'failed');
      if (state) element.classList.add(state);
    }
  }

  choose(node, move) {
    if (!node) return;
    this.chosen = node.id;
    for (const [id, element] of this.drawn) element.classList.toggle('chosen', id === node.id);
    const state = this.states.get(node.id) ?? node.state;
    const settings = Object.entries(node.settings ?? {});
    show(this.details,
      h('h2', { tabindex: -1 }, node.label, state ? badge(state) : null),
      h('dl', { class: 'facts' },
        h('dt', {}, 'In the recipe'), h('dd', {}, h('code', {}, node.id)),
        h('dt', {}, 'Kind'), h('dd', {}, node.kind),
        node.part ? [h('dt', {}, 'Part'), h('dd', {}, h('a', { href: `/parts#${at`${node.kind}`}/${at`${node.part}`}` }, node.part))] : null,
        node.summary ? [h('dt', {}, 'What it does'), h('dd', {}, node.summary)] : null,
        node.cite ? [h('dt', {}, 'Paper'), h('dd', {}, node.cite)] : null),
      h('h3', {}, 'Settings'),
      settings.length ? h('dl', { class: 'facts' }, settings.map(([k, v]) => [h('dt', {}, k), h('dd', { class: 'mono' }, typeof v === 'object' ? JSON.stringify(v) : String(v))])) : h('p', { class: 'hint' }, 'It has none.'),
      node.artifacts?.length ? [h('h3', {}, 'Files'), h('dl', { class: 'facts' }, node.artifacts.map((a) => [h('dt', { class: 'mono' }, a.name), h('dd', {}, bytes(a.bytes))]))] : null);
    if (move) this.details.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }
}

const short = (text, most) => (text.length > most ? text.slice(0, most - 1) + '…' : text);

/** Boxes in columns: each to the right of all that it needs. What is a part of a stage becomes a row in its box. */
function arrange(nodes, edges) {
  const owner = owners(nodes, edges);
  const outer = nodes.filter((n) => !owner.has(n.id));
  const boxes = new Map(outer.map((node) => [node.id, { node, rows: rows(node, nodes, owner), column: 0 }]));
  const links = edges.filter((e) => boxes.has(e.from) && boxes.has(e.to) && e.from !== e.to);
  for (let round = 0; round < outer.length; round++)
    for (const { from, to } of links) boxes.get(to).column = Math.max(boxes.get(to).column, boxes.get(from).column + 1 < outer.length ? boxes.get(from).column + 1 : 0);
  const columns = [];
  for (const box of boxes.values()) {
    box.height = HEAD + box.rows.length * ROW + (box.rows.length ? 6 : 0);
    (columns[box.column] ??= []).push(box);
  }
  const lanes = above(links, boxes);
  place(columns, links, boxes, EDGE + lanes.size * LANE);
  const all = [...boxes.values()];
  return {
    boxes: all, lines: lines(links, boxes, lanes),
    width: Math.max(...all.map((b) => b.x + WIDTH)) + EDGE, height: Math.max(...all.map((b) => b.y + b.height)) + EDGE,
  };
}

/** Which node holds a part, and as which of its settings: its edge leads there. Corpus, encoder and stages stand for themselves. */
function owners(nodes, edges) {
  const owner = new Map();
  for (const node of nodes) {
    if (/^(corpus|encoder|stages\.[^.]+)$/.test(node.id)) continue;
    const edge = edges.find((e) => e.from === node.id);
    if (edge) owner.set(node.id, edge);
  }
  return owner;
}

function rows(node, nodes, owner, depth = 0) {
  return nodes.filter((n) => owner.get(n.id)?.to === node.id).flatMap((n) => [{ node: n, depth, setting: owner.get(n.id).what }, ...rows(n, nodes, owner, depth + 1)]);
}

/** What leads past a column goes above all boxes, so that it goes behind none: all that comes from one box in one lane. */
function above(links, boxes) {
  const from = links.filter((e) => boxes.get(e.to).column - boxes.get(e.from).column > 1).map((e) => boxes.get(e.from));
  return new Map([...new Set(from)].sort((a, b) => b.column - a.column).map((box, i) => [box, i]));
}

/** Columns from left to right; within a column near to what it needs. */
function place(columns, links, boxes, top) {
  const total = (column) => column.reduce((sum, b) => sum + b.height + GAP_Y, -GAP_Y);
  const tallest = Math.max(...columns.map(total));
  columns.forEach((column, i) => {
    for (const box of column) {
      const needs = links.filter((e) => e.to === box.node.id).map((e) => boxes.get(e.from)).filter((b) => b.y !== undefined);
      box.wish = needs.length ? needs.reduce((sum, b) => sum + b.y + b.height / 2, 0) / needs.length : 0;
    }
    column.sort((a, b) => a.wish - b.wish);
    let y = top + (tallest - total(column)) / 2;
    for (const box of column) {
      box.x = EDGE + i * (WIDTH + GAP_X);
      box.y = y;
      y += box.height + GAP_Y;
    }
  });
}

/** One line for each pair of boxes, whatever goes along it; those that enter a box do so one below the other. */
function lines(links, boxes, lanes) {
  const pairs = new Map();
  for (const { from, to, what } of links) {
    const key = JSON.stringify([from, to]);
    const pair = pairs.get(key) ?? pairs.set(key, { a: boxes.get(from), b: boxes.get(to), what: [] }).get(key);
    if (/^stages\./.test(from) && !pair.what.includes(what)) pair.what.push(what);
  }
  const all = [...pairs.values()];
  for (const l of all) if (l.b.column - l.a.column > 1) l.lane = lanes.get(l.a);
  for (const box of boxes.values()) {
    // those from above come in above
    const entering = all.filter((l) => l.b === box).sort((k, l) => (k.lane === undefined) - (l.lane === undefined) || k.a.y - l.a.y);
    entering.forEach((l, i) => { l.y = box.y + Math.min(box.height - 8, 14 + i * 19); });
  }
  return all;
}

function line({ a, b, y: y2, what, lane }) {
  const x1 = a.x + WIDTH;
  const y1 = a.y + Math.min(24, a.height / 2);
  const x2 = b.x - 3;
  const middle = x2 - GAP_X / 2;
  const near = `M${x1} ${y1}C${Math.max(x1 + 30, middle)} ${y1} ${middle} ${y2} ${x2} ${y2}`;
  return s('g', {},
    s('path', { class: 'edge', d: lane === undefined ? near : around(x1, y1, x2, y2, lane), 'marker-end': 'url(#tip)' }),
    what.length ? s('text', { class: 'what', x: x2 - 8, y: y2 - 4, 'text-anchor': 'end' }, short(what.join(', '), 14)) : null);
}

/** Up beside the box that gives, along its lane, and down beside the box that takes. */
function around(x1, y1, x2, y2, lane) {
  const top = EDGE + lane * LANE - BEND;
  const up = x1 + 14 + lane * BEND;
  const down = x2 - 18 - lane * BEND;
  return `M${x1} ${y1}H${up - BEND}Q${up} ${y1} ${up} ${y1 - BEND}V${top + BEND}Q${up} ${top} ${up + BEND} ${top}`
    + `H${down - BEND}Q${down} ${top} ${down} ${top + BEND}V${y2 - BEND}Q${down} ${y2} ${down + BEND} ${y2}H${x2}`;
}
