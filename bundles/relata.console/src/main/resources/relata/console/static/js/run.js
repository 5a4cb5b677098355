// A run: how far it is, its curves, its training graph, its log. Live by the run's events.
import { $, action, api, at, badge, duration, empty, figure, h, may, num, page, query, show, sure, table, time, told, trouble, bytes, worked, WORKED } from './core.js';
import { listen, steady } from './live.js';
import { Curves, Figures, MEMORY, Pace, SPEED, far } from './curves.js';
import { Graph } from './graph.js';

const UNDER_WAY = ['waiting', 'running', 'stopping'];
const id = page.run;
const figures = new Figures();
const curves = new Curves($('#curves'), figures);
const graph = new Graph($('#graph'), $('#node'));
const paces = new Map();
const stages = new Map();
let run;

function head() {
  show($('#status'), badge(run.status));
  show($('#actions'),
    may('runner') && UNDER_WAY.includes(run.status) ? action('Stop', () => api(at`/runs/${id}/stop`, { method: 'POST' }).then(load)) : null,
    may('runner') && ['stopped', 'failed'].includes(run.status) ? action('Resume', () => api(at`/runs/${id}/resume`, { method: 'POST' }).then(load), { class: 'primary' }) : null,
    may('runner') ? h('a', { class: 'button', href: `/new?run=${encodeURIComponent(id)}` }, 'Clone and edit') : null,
    h('a', { class: 'button', href: `/compare?runs=${encodeURIComponent(id)}` }, 'Compare'),
    may('runner') && !UNDER_WAY.includes(run.status) ? action('Delete', remove, { class: 'danger' }) : null);
  facts();
  show($('#problem'), run.error ? h('div', { class: 'note bad' }, run.error) : null);
  const found = headlines(Object.entries(run.headline));
  show($('#headline'), found.length
    ? found
    : h('p', { class: 'hint' }, run.status === 'running' ? 'Figures appear when a stage that judges is done.' : 'No stage of this run judged anything.'));
}

function facts() {
  show($('#facts'),
    fact('Recipe', run.recipe), run.title ? fact('Title', run.title) : null, fact('Seed', run.seed ?? '–'),
    fact('Started', time(run.started)), fact(run.ended ? 'Took' : 'At work for', h('span', { title: WORKED }, duration(worked(run)))),
    used(),
    run.group ? fact('Group', h('a', { href: `/?q=${encodeURIComponent(run.group)}` }, run.group)) : null);
}

/** What the process took, by the lines of metrics; runs of older versions do not say. */
function used() {
  const names = [...stages.keys()];
  const memory = names.flatMap((stage) => figures.values(MEMORY, stage));
  if (!memory.length) return null;
  const now = [...stages.values()].find((st) => st.state === 'running')?.name;
  const [held, speed] = [MEMORY, SPEED].map((name) => figures.values(name, now).at(-1));
  return [
    speed ? fact('Speed', `${num(speed, 3)} updates a second`) : null,
    fact('Memory', `${held ? `${bytes(held)} now, ` : ''}${bytes(memory.reduce((a, b) => Math.max(a, b)))} at most`),
  ];
}

/** Stages that gave the same figures side by side. */
function headlines(flat) {
  const byStage = new Map();
  for (const [path, value] of flat) {
    const dot = path.lastIndexOf('.');
    const stage = path.slice(0, dot);
    (byStage.get(stage) ?? byStage.set(stage, new Map()).get(stage)).set(path.slice(dot + 1), value);
  }
  const groups = new Map();
  for (const [stage, numbers] of byStage) {
    const kind = [...numbers.keys()].join();
    (groups.get(kind) ?? groups.set(kind, []).get(kind)).push(stage);
  }
  return [...groups.values()].map((names) => table([
    ['Figure', ([name]) => name],
    ...names.map((stage) => [stage, ([name]) => h('b', {}, figure(byStage.get(stage).get(name))), { n: true }]),
  ], [...byStage.get(names[0])], { caption: `Figures of ${names.join(' and ')}` }));
}

const fact = (name, value) => [h('dt', {}, name), h('dd', {}, value)];

async function remove() {
  if (!(await sure(`Delete ${id} with its models and figures? This cannot be undone.`, 'Delete'))) return;
  await api(at`/runs/${id}`, { method: 'DELETE' });
  location.assign('/');
}

function steps() {
  show($('#stages'), table([
    ['Stage', (st) => [h('b', {}, st.name), h('div', { class: 'hint' }, st.use)]],
    ['State', (st) => badge(st.state)],
    ['Progress', (st) => (st.progress && st.state === 'running' ? far(st.progress, paces.get(st.name)?.rate) : st.note || (st.produces ? h('span', { class: 'hint' }, `gives ${st.produces}`) : ''))],
  ], [...stages.values()], { caption: 'Stages', className: 'cards' }));
}

async function load() {
  run = told(await api(at`/runs/${id}`));
  stages.clear();
  run.stages.forEach((st) => stages.set(st.name, st));
  head();
  steps();
  run.stages.forEach((st) => graph.state(st.name, st.state));
  show($('#provenance'), provenance(run.provenance));
}

function provenance(given) {
  if (!given) return h('p', { class: 'hint' }, 'Nothing is written down about this run.');
  const flat = Object.entries(given).filter(([, v]) => v !== null && typeof v !== 'object');
  const deep = Object.entries(given).filter(([, v]) => v !== null && typeof v === 'object');
  return [
    h('dl', { class: 'facts' }, flat.map(([k, v]) => fact(k, k === 'time' ? time(v) : k.endsWith('Bytes') ? bytes(v) : typeof v === 'number' ? num(v) : v))),
    ...deep.map(([k, v]) => h('details', {}, h('summary', {}, k), h('pre', { class: 'log', tabindex: 0 }, JSON.stringify(v, null, 2)))),
  ];
}

const redraw = steady(() => { curves.draw(); if (run) facts(); }, 150);
const reload = steady(() => load().catch(() => {}), 300);
const regraph = steady(loadGraph, 800);
const log = $('#log');

function said(text) {
  const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 30;
  log.append(text);
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function progress(event) {
  const stage = stages.get(event.stage);
  if (!stage) return;
  const pace = paces.get(event.stage) ?? paces.set(event.stage, new Pace()).get(event.stage);
  pace.rate = pace.add(event.done);
  stage.progress = event;
  showProgress();
}
const showProgress = steady(() => steps(), 200);

async function loadGraph() {
  try {
    graph.draw(await api(at`/runs/${id}/graph`));
  } catch (e) {
    show($('#graph'), h('p', { class: 'hint' }, e.message));
  }
}

const smooth = h('input', { type: 'checkbox', onchange: (e) => { curves.smooth = e.target.checked ? 0.8 : 0; curves.draw(); } });
show($('#smooth'), h('label', { class: 'check' }, smooth, 'smooth'));

async function loadMetrics() {
  try {
    const { lines } = await api(at`/runs/${id}/metrics`);
    lines.forEach((line) => figures.add(line));
    curves.draw();
    if (run) facts();
    if (!figures.names().length) show($('#curves'), empty('No curves yet', UNDER_WAY.includes(run?.status) ? 'The first figures come after ten updates.' : 'This run wrote no figures.'));
  } catch (e) {
    show($('#curves'), h('p', { class: 'hint' }, e.message));
  }
}

let read = 0;
let more = false;
let reading;

/** What the log says since it was last looked at. One looks at a time, so that no line comes twice. */
function loadLog() {
  more = true;
  reading ??= readOn();
  return reading;
}

async function readOn() {
  try {
    // a long log comes in pieces
    while (more) {
      more = false;
      const { lines, next } = await api(at`/runs/${id}/log` + query({ from: read || '' }));
      more ||= next !== read;
      read = next;
      if (lines.length) said(lines.map((line) => line + '\n').join(''));
    }
  } catch (e) {
    if (!read) log.textContent = e.message;
  } finally {
    reading = undefined;
  }
}

const reread = steady(loadLog, 200);

// first the events, so that nothing falls between what is loaded and what is told
listen(at`/runs/${id}/events`, {
  metric: (event) => {
    if (!figures.names().length) show($('#curves'));
    figures.add({ stage: event.stage, ...event.values });
    redraw();
  },
  progress,
  said: reread,
  stage: (event) => {
    graph.state(event.stage, event.state);
    reload();
    regraph();
    reread();
  },
  run: () => {
    reload();
    reread();
  },
}, () => Promise.all([load(), loadMetrics(), loadLog(), loadGraph()]).catch(() => {}));
try {
  await load();
} catch (e) {
  show($('#problem'), trouble(e));
}
await Promise.all([loadGraph(), loadMetrics(), loadLog()]);
