// How a run's models were judged: figures, each relation, the confusion matrix, errors, and prediction shift.
import { $, api, at, busy, choice, empty, field, figure, h, into, num, page, percent, query, show, table } from './core.js';
import { differences, key, marked } from './words.js';

const id = page.run;
const LIMIT = 20;
let evaluations = [];
let stage = new URLSearchParams(location.search).get('stage');
const filter = { gold: '', predicted: '', wrong: true, offset: 0 };

function current() {
  return evaluations.find((e) => e.stage === stage) ?? evaluations[0];
}

function render() {
  const e = current();
  stage = e.stage;
  show($('#pick'), evaluations.length > 1 ? field('Evaluation', choice(evaluations.map((x) => x.stage), stage, (s) => { stage = s; filter.offset = 0; filter.gold = filter.predicted = ''; render(); })) : null);
  const numbers = Object.entries(e.numbers ?? e.metrics ?? {}).filter(([n]) => !/[:/[ ]/.test(n));
  show($('#numbers'), h('p', { class: 'under' }, [e.model && `Model ${e.model}`, e.split && `split ${e.split}`, e.questions && `${num(e.questions)} questions`].filter(Boolean).join(', ')),
    h('div', { class: 'figures' }, numbers.map(([n, v]) => h('div', { class: 'figure' }, h('b', {}, figure(v)), h('span', {}, n)))));
  classes(e);
  matrix(e);
  errors();
}

function classes(e) {
  const rows = e.classes ?? e.perClass ?? [];
  show($('#classes'), rows.length
    ? table([
      ['Relation', (r) => r.label, { key: (r) => r.label }],
      ['Precision', (r) => figure(r.precision), { n: true, key: (r) => r.precision ?? -1 }],
      ['Recall', (r) => figure(r.recall), { n: true, key: (r) => r.recall ?? -1 }],
      ['F1', (r) => figure(r.f1), { n: true, key: (r) => r.f1 ?? -1 }],
      ['Support', (r) => num(r.support), { n: true, key: (r) => r.support ?? 0 }],
    ], rows, { caption: 'Each relation' })
    : h('p', { class: 'hint' }, 'Metric per-class was not asked for in this evaluation.'));
}

function matrix(e) {
  const c = e.confusion;
  if (!c?.labels?.length) return show($('#matrix'), h('p', { class: 'hint' }, 'No answers were kept to count.'));
  const sums = c.counts.map((row) => row.reduce((a, b) => a + b, 0));
  const ink = (share) => (share > 0 ? `rgb(var(--heat) / ${0.08 + 0.5 * share})` : 'transparent');
  const cell = (i, j) => {
    const n = c.counts[i][j];
    const td = h('td', { class: i === j ? 'right' : undefined },
      n ? h('button', { type: 'button', class: 'small', title: `${n} of gold ${c.labels[i]} answered ${c.labels[j]} (${percent(n / sums[i])})`, 'aria-label': `gold ${c.labels[i]}, answered ${c.labels[j]}: ${n}`, onclick: () => ask(c.labels[i], c.labels[j]) }, String(n)) : h('span', { class: 'visually-hidden' }, '0'));
    if (n) td.style.backgroundColor = ink(n / sums[i]);
    return td;
  };
  return show($('#matrix'),
    h('p', { class: 'hint' }, 'Rows: gold. Columns: answered. A cell shows its questions below.'),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' }, h('table', { class: 'matrix' },
      h('thead', {}, h('tr', {}, h('td', {}, h('span', { class: 'visually-hidden' }, 'gold')), c.labels.map((l) => h('th', { scope: 'col', title: l }, h('span', {}, l))))),
      h('tbody', {}, c.labels.map((l, i) => h('tr', {}, h('th', { scope: 'row', title: l }, l), c.labels.map((_, j) => cell(i, j))))))));
}

function ask(gold, predicted) {
  Object.assign(filter, { gold, predicted, wrong: false, offset: 0 });
  errors();
  $('#errors-panel').scrollIntoView({ behavior: 'smooth' });
}

function errors() {
  const labels = current().labels ?? current().confusion?.labels ?? [];
  const change = (more) => { Object.assign(filter, { offset: 0 }, more); errors(); };
  const options = [['', 'any'], ...labels];
  show($('#error-filters'),
    field('Gold', choice(options, filter.gold, (v) => change({ gold: v }))), field('Answered', choice(options, filter.predicted, (v) => change({ predicted: v }))),
    h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: filter.wrong, onchange: (e) => change({ wrong: e.target.checked }) }), 'only wrong answers'));
  into($('#errors'), api(at`/runs/${id}/predictions` + query({ stage, gold: filter.gold, predicted: filter.predicted, wrong: filter.wrong || '', limit: LIMIT, offset: filter.offset || '' })), ({ total, predictions, note }) => {
    if (!predictions.length) return empty('None', filter.wrong ? 'No wrong answer fits. Choose other relations, or show right answers too.' : 'No answer fits.');
    return [
      note ? h('p', { class: 'hint' }, note) : null,
      key(['head', 'first entity'], ['tail', 'second entity']),
      h('ul', { class: 'errors' }, predictions.map(answer)),
      pages(total, predictions.length, change),
    ];
  });
}

function answer(p) {
  const gold = [p.gold].flat().join(', ') || '–';
  const wrong = p.wrong ?? ![p.gold].flat().includes(p.predicted);
  return h('li', {},
    p.tokens ? marked(p.tokens, { head: p.head, tail: p.tail }) : h('div', { class: 'sentence' }, p.text ?? p.example),
    h('div', { class: 'verdicts' }, h('span', {}, 'gold ', h('b', {}, gold)), h('span', {}, 'answered ', h('b', {}, p.predicted)),
      h('span', { class: 'badge ' + (wrong ? 'bad' : 'good') }, wrong ? 'wrong' : 'right'), Number.isFinite(p.score) ? h('span', { class: 'hint' }, `score ${figure(p.score)}`) : null, h('span', { class: 'hint mono' }, p.example ?? '')));
}

function pages(total, shown, change) {
  return h('div', { class: 'title under after' }, h('span', {}, `${filter.offset + 1} to ${filter.offset + shown} of ${num(total)}`), h('div', { class: 'actions' },
    h('button', { type: 'button', disabled: filter.offset === 0, onclick: () => change({ offset: Math.max(0, filter.offset - LIMIT) }) }, 'Back'),
    h('button', { type: 'button', disabled: filter.offset + shown >= total, onclick: () => change({ offset: filter.offset + LIMIT }) }, 'On')));
}

function shift(answer) {
  const stages = answer.stages ?? [];
  if (!stages.length) return h('p', { class: 'hint' }, 'No stage prediction-shift is done in this run.');
  return stages.map((s) => [
    h('h3', {}, s.stage),
    h('p', { class: 'under' }, Object.entries(s.numbers ?? s.metrics ?? {}).map(([n, v]) => `${n} ${figure(v)}`).join(', ')),
    s.cases.length ? [key(['changed', 'changed word'], ['path', 'on the path'], ['head', 'first entity'], ['tail', 'second entity']), s.cases.map(one)] : h('p', { class: 'hint' }, 'No answer changed.'),
  ]);
}

function one(c) {
  const before = c.originalTokens ?? c.original.split(' ');
  const after = c.neighbourTokens ?? c.neighbour.split(' ');
  const changed = differences(before, after);
  const path = new Set(c.path ?? []);
  const moved = new Map();
  // the path's words are unchanged, so that each has its own in the other text
  let j = 0;
  before.forEach((w, i) => {
    if (changed.left.has(i)) return;
    while (changed.right.has(j)) j++;
    moved.set(i, j++);
  });
  const over = (span) => span && moved.has(span[0]) && moved.has(span[1] - 1) && [moved.get(span[0]), moved.get(span[1] - 1) + 1];
  return h('div', { class: 'pair' },
    h('div', {}, marked(before, { head: c.head, tail: c.tail, path, changed: changed.left }), h('div', { class: 'verdicts' }, h('span', {}, 'answered ', h('b', {}, c.before)), h('span', { class: 'hint' }, `gold ${[c.gold].flat().join(', ')}`))),
    h('div', {}, marked(after, { head: over(c.head), tail: over(c.tail), path: new Set([...path].map((i) => moved.get(i))), changed: changed.right }), h('div', { class: 'verdicts' }, h('span', {}, 'answered ', h('b', {}, c.after)))));
}

show($('#numbers'), busy());
await into($('#problem'), api(at`/runs/${id}/evaluations`), (answer) => {
  evaluations = answer.evaluations ?? answer.stages ?? answer;
  if (!evaluations.length) {
    document.querySelectorAll('.judged').forEach((p) => { p.hidden = true; });
    return empty('Nothing is judged yet', 'Figures are here when a stage evaluate of this run is done.', h('a', { class: 'button', href: at`/runs/${id}` }, 'To the run'));
  }
  render();
  return [];
});
await into($('#shift'), api(at`/runs/${id}/shift`), shift);
