// Try it: a typed sentence and a trained model; or an augmenter or a parser alone.
import { $, action, api, at, choice, empty, field, figure, h, into, say, show, trouble } from './core.js';
import { arcs, differences, key, marked } from './words.js';

const spans = { head: null, tail: null };
const text = h('textarea', { rows: 3, id: 'sentence', placeholder: 'The suspect was taken to hospital after the fire.', oninput: () => { spans.head = spans.tail = null; preview(); } });
const shown = h('div', { 'aria-live': 'polite' });
let model;

/** Tokens with where they stand: words and single punctuation marks. */
function tokens() {
  return [...text.value.matchAll(/[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*|[^\s]/gu)].map((m) => ({ text: m[0], from: m.index, to: m.index + m[0].length }));
}

function mark(role) {
  let [from, to] = [text.selectionStart, text.selectionEnd];
  const inside = tokens().filter((t) => (from === to ? t.from <= from && from <= t.to : t.from < to && t.to > from));
  if (!inside.length) return show(shown, h('p', { class: 'hint' }, 'Select the entity in the sentence first, or put the cursor into its word.'));
  [from, to] = [inside[0].from, inside.at(-1).to];
  const other = role === 'head' ? 'tail' : 'head';
  if (spans[other] && from < spans[other][1] && to > spans[other][0]) spans[other] = null;
  spans[role] = [from, to];
  say(`${role === 'head' ? 'First' : 'Second'} entity: ${text.value.slice(from, to)}`);
  return preview();
}

function tokenSpan(all, span) {
  const inside = all.map((t, i) => [t, i]).filter(([t]) => t.from < span[1] && t.to > span[0]).map(([, i]) => i);
  return [inside[0], inside.at(-1) + 1];
}

function asked() {
  const all = tokens();
  return { all: all.map((t) => t.text), head: spans.head && tokenSpan(all, spans.head), tail: spans.tail && tokenSpan(all, spans.tail) };
}

function preview() {
  const { all, head, tail } = asked();
  show(shown, all.length ? [marked(all, { head, tail }), key(['head', 'first entity'], ['tail', 'second entity']), head && tail ? null : h('p', { class: 'hint' }, `Still to mark: ${[!head && 'the first entity', !tail && 'the second entity'].filter(Boolean).join(' and ')}.`)] : null);
}

function sentence() {
  const { all, head, tail } = asked();
  if (!all.length) throw new Error('Type a sentence first.');
  if (!head || !tail) throw new Error('Mark both entities: select each in the sentence, then press its button.');
  return { tokens: all, head, tail };
}

async function predict() {
  const given = sentence();
  await into($('#answer'), api(at`/models/${model}/predict`, { method: 'POST', body: { sentences: [given], top: 8, explain: true } }), (answer) => {
    const one = (answer.answers ?? answer.predictions ?? answer.sentences ?? [answer])[0];
    return result(given, one);
  });
  $('#answer').scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

function bars(scores) {
  const list = Array.isArray(scores) ? scores.map((s) => [s.label, s.score]) : Object.entries(scores ?? {});
  return h('div', { class: 'bars' }, list.sort((a, b) => b[1] - a[1]).slice(0, 8).map(([label, score]) => [h('span', {}, label), h('progress', { max: 1, value: Math.max(0, Math.min(1, score)), 'aria-label': label }), h('span', {}, figure(score))]));
}

function result(given, one) {
  const path = new Set(one.path ?? one.parse?.path ?? []);
  const edges = one.arcs ?? one.parse?.arcs;
  return [
    h('p', {}, 'Answer: ', h('b', {}, one.label), one.none ? h('span', { class: 'hint' }, ' (no relation)') : null),
    h('h3', {}, 'Scores'), bars(one.scores),
    edges?.length ? [h('h3', {}, 'Dependencies'), arcs(given.tokens, edges, { head: given.head, tail: given.tail, path }), key(['path', 'shortest path between the entities'])] : null,
    one.neighbours?.length ? [h('h3', {}, 'Nearest training examples'), h('ul', { class: 'errors' }, one.neighbours.map((n) => h('li', {}, n.tokens ? marked(n.tokens, { head: n.head, tail: n.tail }) : h('div', { class: 'sentence' }, n.text),
      h('div', { class: 'verdicts' }, h('b', {}, [n.gold ?? n.label].flat().join(', ')), h('span', { class: 'hint' }, `cosine ${(n.cosine ?? n.similarity).toFixed(3)}`)))))] : null,
    one.views?.length ? [h('h3', {}, 'Under changed wordings'), h('ul', { class: 'errors' }, one.views.map((v) => view(given, v)))] : null,
  ];
}

function view(given, v) {
  const changed = differences(given.tokens, v.tokens).right;
  return h('li', {}, marked(v.tokens, { head: v.head, tail: v.tail, changed }), h('div', { class: 'verdicts' }, v.augmenter ? h('span', { class: 'hint' }, v.augmenter) : null, v.label ? h('span', {}, 'answered ', h('b', {}, v.label)) : null, Number.isFinite(v.score) ? h('span', { class: 'hint' }, `score ${figure(v.score)}`) : null));
}

show($('#type'), field('Sentence', text), h('div', { class: 'actions' },
  h('button', { type: 'button', onclick: () => mark('head') }, 'Selection is the first entity'), h('button', { type: 'button', onclick: () => mark('tail') }, 'Selection is the second entity')), shown);

await into($('#model'), api('/models'), (answer) => {
  const models = answer.models ?? answer;
  if (!models.length) return empty('No trained model yet', 'A model is here when a stage train or classify of a run is done.', h('a', { class: 'button primary', href: '/new?recipe=quickstart' }, 'Start quickstart'));
  model = new URLSearchParams(location.search).get('model') ?? models[0].id;
  const words = (m) => m.title || [m.run, m.stage].filter(Boolean).join(', ') || m.id;
  return [field('Model', choice(models.map((m) => [m.id, words(m)]), model, (id) => { model = id; })), h('p', {}, action('Predict', async () => {
    try {
      await predict();
    } catch (e) {
      show($('#answer'), trouble(e));
    }
  }, { class: 'primary', id: 'predict' }))];
});

// one part alone
const alone = {};
async function parts(kind) {
  return api(at`/parts/${kind}`).then((a) => (a.parts ?? a).map((p) => p.name)).catch(() => []);
}

function settings(textarea) {
  if (!textarea.value.trim()) return {};
  try {
    return JSON.parse(textarea.value);
  } catch {
    throw new Error('The settings are not JSON. Expected e.g. {"rate": 0.3}');
  }
}

const [augmenters, parsers] = await Promise.all([parts('augmenter'), parts('parser')]);
const withBox = h('textarea', { rows: 2, class: 'code', placeholder: '{"rate": 0.3}', spellcheck: 'false' });
const seed = h('input', { type: 'number', value: 42, min: 0 });
if (augmenters.length) {
  alone.augmenter = augmenters.includes('synonym-replacement') ? 'synonym-replacement' : augmenters[0];
  show($('#augmenter'), h('div', { class: 'filters' }, field('Augmenter', choice(augmenters, alone.augmenter, (v) => { alone.augmenter = v; })), field('Seed', seed)),
    field('Settings in JSON', withBox), h('p', {}, action('Augment', augment)));
} else show($('#augmenter'), h('p', { class: 'hint' }, 'No augmenter is installed.'));
if (parsers.length) {
  alone.parser = parsers[0];
  show($('#parser'), field('Parser', choice(parsers, alone.parser, (v) => { alone.parser = v; })), h('p', {}, action('Parse', parse)));
} else show($('#parser'), h('p', { class: 'hint' }, 'No parser is installed. Feature corenlp has one.'));

async function augment() {
  await into($('#alone'), (async () => {
    const given = sentence();
    return [given, await api('/try/augmenter', { method: 'POST', body: { name: alone.augmenter, with: settings(withBox), seed: Number(seed.value), ...given } })];
  })(), ([given, answer]) => {
    const views = answer.views ?? [];
    return [h('h3', {}, `${alone.augmenter}: ${views.length} ${views.length === 1 ? 'view' : 'views'}`), h('ul', { class: 'errors' }, views.map((v) => view(given, v))), key(['changed', 'changed word'])];
  });
}

async function parse() {
  await into($('#alone'), (async () => {
    const { all, head, tail } = asked();
    if (!all.length) throw new Error('Type a sentence first.');
    return [all, head, tail, await api('/try/parser', { method: 'POST', body: { name: alone.parser, tokens: all, ...(head && tail ? { head, tail } : {}) } })];
  })(), ([all, head, tail, answer]) => [h('h3', {}, alone.parser), arcs(answer.tokens ?? all, answer.arcs, { head, tail, path: new Set(answer.path ?? []) })]);
}
