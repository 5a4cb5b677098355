// The map of a run's vectors: projected in a worker, drawn on a canvas. Hover tells, a lasso selects, a click finds neighbours; arrow keys do it too.
import { $, api, at, busy, choice, colours, empty, field, h, num, onScheme, page, query, say, show, trouble } from './core.js';
import { listen, steady } from './live.js';
import { Scatter } from './scatter.js';
import { shown } from './words.js';

const id = page.run;
const given = new URLSearchParams(location.search);
const state = { stage: given.get('stage') ?? '', split: '', limit: 600, epoch: '', method: 'TSNE', colour: 'relation', seed: 42 };
const scatter = new Scatter($('#map'), { hover, choose, select });
let data;
let worker;
let job = 0;

function controls() {
  const change = (more) => { Object.assign(state, more); load(); };
  const redo = (more) => { Object.assign(state, more); project(); };
  show($('#controls'),
    field('Stage', choice(data.stages, state.stage, (v) => change({ stage: v, epoch: '' }))),
    field('Split', choice(data.splits, state.split, (v) => change({ split: v }))),
    data.kept.length ? field('Epoch', choice([['', 'last'], ...data.kept.map(String)], String(state.epoch), (v) => change({ epoch: v }))) : null,
    field('Points', choice(['300', '600', '1000', '1500'], String(state.limit), (v) => change({ limit: Number(v) }))),
    field('Projection', choice([['TSNE', 't-SNE'], ['UMAP', 'UMAP']], state.method, (v) => redo({ method: v }))),
    field('Seed', h('input', { type: 'number', min: 0, max: 2 ** 31 - 1, value: state.seed, size: 6, onchange: (e) => redo({ seed: Number(e.target.value) || 0 }) })),
    field('Colour', choice([['relation', 'relation'], ['right', 'right or wrong'], ['predicted', 'answer']], state.colour, (v) => { state.colour = v; paint(); })));
}

function floats(base64, n) {
  const raw = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const all = new Float32Array(raw.buffer);
  const width = all.length / n;
  return Array.from({ length: n }, (_, i) => all.subarray(i * width, (i + 1) * width));
}

async function load() {
  show($('#note'), busy('The encoder reads the sentences …'));
  try {
    const answer = await api(at`/runs/${id}/vectors` + query({ stage: state.stage, split: state.split, limit: state.limit, epoch: state.epoch }));
    data = { ...answer, rows: floats(answer.vectors, answer.ids.length) };
    Object.assign(state, { stage: answer.stage, split: answer.split });
    controls();
    if (data.ids.length < 5) return show($('#note'), empty('Too few points', 'A map needs at least five examples. Choose another split.'));
    return project();
  } catch (e) {
    scatter.clear();
    return show($('#note'), e.status === 404 || e.status === 409 ? empty('No vectors', e.message, h('a', { class: 'button', href: at`/runs/${id}` }, 'To the run')) : trouble(e));
  }
}

function project() {
  worker?.terminate();
  worker = new Worker('/static/js/map-worker.js');
  const mine = ++job;
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Projection' });
  show($('#note'), bar);
  worker.onerror = () => show($('#note'), trouble({ message: 'The projection failed. Choose fewer points or the other projection.' }));
  worker.onmessage = ({ data: told }) => {
    if (told.job !== mine) return;
    bar.value = told.step / told.of;
    scatter.place(told.points);
    if (told.done) {
      show($('#note'), h('p', { class: 'hint' }, `${num(data.ids.length)} points of ${num(data.rows[0].length)} dimensions. Distances between far groups mean little in such maps.`));
      say('The map is ready');
    }
  };
  worker.postMessage({ job: mine, vectors: data.rows.map((r) => Array.from(r)), method: state.method, seed: state.seed, neighbours: 30 });
  paint();
  select([]);
}

function paint() {
  if (!data) return;
  const word = (i) => (state.colour === 'relation' ? data.labels[i] || 'not known' : state.colour === 'predicted' ? data.predicted[i] || 'no answer' : right(i));
  const words = [...new Set(data.ids.map((_, i) => word(i)))].sort();
  const palette = state.colour === 'right' ? words.map((w) => getComputedStyle(document.documentElement).getPropertyValue(w === 'wrong' ? '--bad' : w === 'right' ? '--good' : '--strong').trim()) : colours(words.length);
  scatter.paint(data.ids.map((_, i) => palette[words.indexOf(word(i))]), data.ids.map((_, i) => word(i)), new Set());
  show($('#legend'), words.map((w, k) => {
    const dot = h('i');
    dot.style.backgroundColor = palette[k];
    const button = h('button', { type: 'button', 'aria-pressed': 'true', onclick: () => button.setAttribute('aria-pressed', String(!scatter.toggle(w))) }, dot, ` ${w}`);
    return h('li', {}, button);
  }));
}

const right = (i) => (!data.predicted[i] ? 'no answer' : !data.labels[i] ? 'not known' : data.right[i] ? 'right' : 'wrong');

const about = (i) => [shown(data.sentences[i]), h('div', { class: 'hint' }, `${data.labels[i]}${data.predicted?.[i] && data.predicted[i] !== data.labels[i] ? `, answered ${data.predicted[i]}` : ''}`)];

function hover(i) {
  return i < 0 ? null : [data.texts[i], h('br'), h('b', {}, data.labels[i]), data.predicted?.[i] && data.predicted[i] !== data.labels[i] ? `, answered ${data.predicted[i]}` : ''];
}

function choose(i) {
  const row = data.rows[i];
  const near = data.rows.map((other, k) => [k, cosine(row, other)]).filter(([k]) => k !== i).sort((a, b) => b[1] - a[1]).slice(0, 8);
  scatter.ring([i, ...near.map(([k]) => k)]);
  say(`${data.labels[i]}: ${data.texts[i]}`);
  show($('#chosen'), h('h2', {}, 'Nearest neighbours'), about(i), h('ul', { class: 'errors' }, near.map(([k, c]) => h('li', {}, about(k), h('span', { class: 'hint' }, `cosine ${c.toFixed(3)}`)))));
}

function select(found) {
  if (!found.length) {
    show($('#chosen'), h('h2', {}, 'Look closer'), h('p', { class: 'hint' }, 'Point at a dot to read its sentence; click it for its nearest neighbours, by cosine in all dimensions. Draw around dots to list them. On the keyboard: arrow keys go from dot to dot, Enter finds neighbours.'));
    return;
  }
  const counts = new Map();
  found.forEach((i) => counts.set(data.labels[i], (counts.get(data.labels[i]) ?? 0) + 1));
  show($('#chosen'), h('h2', {}, `${found.length} selected`),
    h('p', { class: 'hint' }, [...counts].sort((a, b) => b[1] - a[1]).map(([l, n]) => `${l} ${n}`).join(', ')),
    h('ul', { class: 'errors catalogue' }, found.slice(0, 100).map((i) => h('li', {}, about(i)))));
}

function cosine(a, b) {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return dot / (Math.sqrt(aa * bb) || 1);
}

onScheme(paint);
const again = steady(() => state.epoch === '' && load(), 1000);
listen(at`/runs/${id}/events`, {
  // a training leaves a checkpoint after each epoch, which has vectors of its own
  metric: (e) => e.stage === state.stage && 'epoch' in e.values && 'split' in e.values && again(),
  stage: again,
}, again);
await load();
