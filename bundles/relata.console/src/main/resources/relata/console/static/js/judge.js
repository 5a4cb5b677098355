// How a run's models were judged: figures, each relation, the confusion matrix, errors, and prediction shift.
import { $, api, at, busy, choice, empty, field, figure, h, into, num, page, percent, query, show, table } from './core.js';
import { differences, follow, key, shown } from './words.js';

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
  const numbers = Object.entries(e.figures);
  show($('#numbers'), h('p', { class: 'under' }, [e.model && `Model ${e.model}`, e.split && `split ${e.split}`, e.questions && `${num(e.questions)} questions`].filter(Boolean).join(', ')),
    h('div', { class: 'figures' }, numbers.map(([n, v]) => h('div', { class: 'figure' }, h('b', {}, figure(v)), h('span', {}, n)))));
  classes(e);
  matrix(e);
  errors();
}

/** All with four places: 1 and 0 line up with the others. */
const share = (value) => (Number.isFinite(value) ? value.toFixed(4) : '–');

function classes(e) {
  show($('#classes'), table([
    ['Relation', (r) => [r.label, r.label === e.negative ? h('span', { class: 'hint' }, ' (no relation)') : null], { key: (r) => r.label }],
    ['Precision', (r) => share(r.precision), { n: true, key: (r) => r.precision }],
    ['Recall', (r) => share(r.recall), { n: true, key: (r) => r.recall }],
    ['F1', (r) => share(r.f1), { n: true, key: (r) => r.f1 }],
    ['Gold', (r) => num(r.support), { n: true, key: (r) => r.support }],
    ['Answered', (r) => num(r.predicted), { n: true, key: (r) => r.predicted }],
    ['Rightly', (r) => num(r.right), { n: true, key: (r) => r.right }],
  ], e.relations, { caption: 'Each relation' }));
}

function matrix(e) {
  const c = e.confusion;
  if (!c.labels.length) return show($('#matrix'), h('p', { class: 'hint' }, 'No answers were kept to count.'));
  const sums = c.counts.map((row) => row.reduce((a, b) => a + b, 0));
  const ink = (share) => (share > 0 ? `rgba(var(--heat), ${0.07 + 0.33 * share})` : 'transparent');
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
  const { labels } = current().confusion;
  const change = (more) => { Object.assign(filter, { offset: 0 }, more); errors(); };
  const options = [['', 'any'], ...labels];
  show($('#error-filters'),
    field('Gold', choice(options, filter.gold, (v) => change({ gold: v }))), field('Answered', choice(options, filter.predicted, (v) => change({ predicted: v }))),
    h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: filter.wrong, onchange: (e) => change({ wrong: e.target.checked }) }), 'only wrong answers'));
  if (!$('#errors').hasChildNodes()) show($('#errors'), busy());
  into($('#errors'), api(at`/runs/${id}/predictions` + query({ stage, gold: filter.gold, predicted: filter.predicted, wrong: filter.wrong || '', limit: LIMIT, offset: filter.offset || '' })), ({ total, answers, note }) => {
    if (!answers.length) return empty('None', filter.wrong ? 'No wrong answer fits. Choose other relations, or show right answers too.' : 'No answer fits.');
    return [
      note ? h('p', { class: 'hint' }, note) : null,
      key(['head', 'first entity'], ['tail', 'second entity']),
      h('ul', { class: 'errors' }, answers.map(answer)),
      pages(total, answers.length, change),
    ];
  });
}

function answer(p) {
  return h('li', {},
    p.sentence ? shown(p.sentence) : h('div', { class: 'sentence mono' }, p.example),
    h('div', { class: 'verdicts' }, h('span', {}, 'gold ', h('b', {}, p.gold.join(', ') || '–')), h('span', {}, 'answered ', h('b', {}, p.predicted)),
      h('span', { class: 'badge ' + (p.right ? 'good' : 'bad') }, p.right ? 'right' : 'wrong'), h('span', { class: 'hint' }, `score ${figure(p.score)}`), h('span', { class: 'hint mono' }, p.example)));
}

function pages(total, count, change, of = filter) {
  return h('div', { class: 'title under after' }, h('span', {}, `${of.offset + 1} to ${of.offset + count} of ${num(total)}`), count < total && h('div', { class: 'actions' },
    h('button', { type: 'button', disabled: of.offset === 0, onclick: () => change({ offset: Math.max(0, of.offset - LIMIT) }) }, 'Back'),
    h('button', { type: 'button', disabled: of.offset + count >= total, onclick: () => change({ offset: of.offset + LIMIT }) }, 'On')));
}

const shiftFilter = { stage: '', offset: 0 };

async function shift() {
  const change = (more) => { Object.assign(shiftFilter, { offset: 0 }, more); shift(); };
  try {
    const p = await api(at`/runs/${id}/shift` + query({ stage: shiftFilter.stage, limit: LIMIT, offset: shiftFilter.offset || '' }));
    show($('#shift'),
      p.stages.length > 1 ? h('div', { class: 'filters' }, field('Stage', choice(p.stages, p.stage, (v) => change({ stage: v })))) : null,
      h('p', { class: 'under' }, Object.entries(p.figures).map(([n, v]) => `${n} ${figure(v)}`).join(', ')),
      p.cases.length ? [key(['changed', 'changed word'], ['path', 'kept: entities and path'], ['head', 'first entity'], ['tail', 'second entity']), p.cases.map(one), pages(p.total, p.cases.length, change, shiftFilter)] : empty('No answer changed', 'The model gave the same answer to each sentence and to its neighbour.'));
  } catch (e) {
    show($('#shift'), h('p', { class: 'hint' }, e.message));
  }
}

function one(c) {
  const { left } = differences(c.original.tokens, c.neighbour.tokens);
  const kept = new Set(c.kept);
  // what was kept stands in both, in the same order
  const over = follow(c.original.tokens, c.neighbour.tokens);
  return h('div', { class: 'pair' },
    h('div', {}, shown(c.original, { path: kept, changed: left }), h('div', { class: 'verdicts' }, h('span', {}, 'answered ', h('b', {}, c.before)), h('span', { class: 'hint' }, `gold ${c.gold.join(', ')}`))),
    h('div', {}, shown(c.neighbour, { path: new Set([...kept].map((i) => over.get(i))), changed: new Set(c.changed) }), h('div', { class: 'verdicts' }, h('span', {}, 'answered ', h('b', {}, c.after)))));
}

show($('#numbers'), busy());
await into($('#problem'), api(at`/runs/${id}/evaluations`), (answer) => {
  ({ evaluations } = answer);
  if (!evaluations.length) {
    document.querySelectorAll('.judged').forEach((p) => { p.hidden = true; });
    return empty('Nothing is judged yet', 'Figures are here when a stage evaluate of this run is done.', h('a', { class: 'button', href: at`/runs/${id}` }, 'To the run'));
  }
  render();
  return [];
});
const measures = await api(at`/runs/${id}`).then((run) => run.stages.some((st) => st.use === 'prediction-shift'), () => false);
if (measures) await shift();
else show($('#shift'), h('p', { class: 'hint' }, 'No stage of this run measures prediction shift. The recipe quickstart has one to copy.'));
