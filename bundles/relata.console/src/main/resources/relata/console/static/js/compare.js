// Several runs side by side: the table of one figure with its spread over seeds, what the paired test says, and their curves over each other.
import { $, api, at, busy, empty, field, figure, h, into, query, show, table, trouble } from './core.js';
import { Curves, Figures } from './curves.js';

const given = new URLSearchParams(location.search);
const chosen = new Set((given.get('runs') ?? '').split(',').filter(Boolean));
let name = given.get('figure') ?? '';
const MOST_CURVES = 20;
const figures = new Figures();
const curves = new Curves($('#curves'), figures);

const input = h('input', { value: name, placeholder: 'micro-f1, else accuracy', list: 'figure-names', onchange: (e) => { name = e.target.value.trim(); refresh(); } });
const names = h('datalist', { id: 'figure-names' }, ['micro-f1', 'macro-f1', 'micro-precision', 'micro-recall', 'accuracy', 'shift-rate'].map((n) => h('option', { value: n })));
show($('#figure'), field('Figure', input), names);

async function pick() {
  await into($('#pick'), api('/runs' + query({ limit: 200 })), ({ runs }) => {
    if (!runs.length) return empty('No runs yet', 'There is something to compare once two runs are done.', h('a', { class: 'button primary', href: '/new' }, 'Start a run'));
    const groups = new Map();
    for (const run of runs) if (run.group) (groups.get(run.group) ?? groups.set(run.group, []).get(run.group)).push(run);
    return h('ul', { class: 'pick catalogue' }, runs.flatMap((run) => {
      const together = groups.get(run.group);
      if (!together) return [h('li', {}, box(run.id, run.id, `${run.status}, seed ${run.seed ?? '–'}`))];
      if (together[0] !== run) return [];
      return [h('li', {}, box(run.group, `${run.title || run.recipe}: ${together.length} ${together.length === 1 ? 'run' : 'runs'}`, run.group),
        h('details', {}, h('summary', { class: 'hint' }, 'Single runs of it'), h('ul', { class: 'pick' }, together.map((r) => h('li', {}, box(r.id, r.id, `${r.status}, seed ${r.seed ?? '–'}`))))))];
    }));
  });
}

const box = (id, title, about) => h('label', { class: 'check' },
  h('input', { type: 'checkbox', checked: chosen.has(id), onchange: (e) => { if (e.target.checked) chosen.add(id); else chosen.delete(id); refresh(); } }),
  h('span', { class: 'name' }, title, h('br'), h('span', { class: 'hint' }, about)));

/** Single runs, those of groups too. */
async function members(ids) {
  const all = await Promise.all(ids.map((id) => (id.startsWith('group-') ? api(at`/groups/${id}`).then((g) => g.runs.filter((p) => p.run).map((p) => p.run.id)) : [id])));
  return [...new Set(all.flat())];
}

async function refresh() {
  const runs = [...chosen];
  history.replaceState(null, '', '/compare' + query({ runs: runs.join(','), figure: name }));
  if (!runs.length) {
    curves.clear();
    figures.clear();
    show($('#table'), empty('Choose runs', 'Mark two or more runs in the list. Runs that differ only in their seed become one row with its spread.'));
    return;
  }
  show($('#table'), busy('Comparing …'));
  await Promise.all([into($('#table'), api('/compare' + query({ runs: runs.join(','), figure: name })), render), draw(runs)]);
}

function render(result) {
  const t = result;
  const scale = t.percent ? 100 : 1;
  const write = (v) => (t.percent ? (v * 100).toFixed(2) : figure(v));
  const cell = (c) => {
    if (!c) return '–';
    const many = c.values.length > 1;
    const words = many ? `${write(c.median)} (${write(c.min)} to ${write(c.max)})` : write(c.median);
    return [c.best ? h('b', {}, words) : words, ' ', c.best ? h('span', { class: 'badge good' }, 'best') : c.level ? h('span', { class: 'badge' }, 'level') : null,
      many ? h('div', { class: 'hint' }, `${c.values.length} seeds, σ ${write(c.deviation)}`) : null];
  };
  const heads = t.heads.map((head, i) => [head, (row) => row.titles[i]]);
  const columns = t.columns.map((title, i) => [title || 'Figure', (row) => cell(row.cells[i]), { n: true }]);
  const title = (i) => t.rows[i].titles.join(', ');
  return [
    h('p', {}, t.caption),
    table([...heads, ...columns], t.rows, { caption: t.caption || 'Comparison' }),
    t.verdicts.length ? [h('h3', {}, 'What the paired bootstrap says'), h('ul', {}, t.verdicts.map((v) => h('li', {},
      t.columns.length > 1 ? `${t.columns[v.column]}: ` : '', h('b', {}, title(v.second)), ' against ', h('b', {}, title(v.first)), `: ${signed(v.difference * scale)} (95 % from ${signed(v.low * scale)} to ${signed(v.high * scale)}) `,
      h('span', { class: 'badge ' + (v.distinguishable ? 'good' : '') }, v.distinguishable ? 'distinguishable' : 'not distinguishable from chance'))))] : null,
    t.notes.length ? h('div', { class: 'hint' }, t.notes.map((n) => h('p', {}, n))) : null,
  ];
}

const signed = (x) => (x > 0 ? '+' : x < 0 ? '−' : '') + Math.abs(x).toFixed(2);

let drawing = 0;

async function draw(chosenNow) {
  const mine = ++drawing;
  try {
    const every = await members(chosenNow);
    const runs = every.slice(0, MOST_CURVES);
    const all = await Promise.all(runs.map((run) => api(at`/runs/${run}/metrics`)));
    if (mine !== drawing) return;
    curves.clear();
    figures.clear();
    all.forEach(({ lines }, i) => lines.forEach((line) => figures.add(line, runs[i])));
    curves.draw();
    if (every.length > runs.length) $('#curves').prepend(h('p', { class: 'hint' }, `Curves of the first ${runs.length} of ${every.length} runs.`));
    if (!figures.names().length) show($('#curves'), h('p', { class: 'hint' }, 'These runs wrote no curves.'));
  } catch (e) {
    show($('#curves'), trouble(e));
  }
}

await pick();
await refresh();
