// Try it: a typed sentence and a trained model; or an augmenter or a parser alone.
import { $, action, api, at, busy, choice, empty, field, figure, h, into, say, show, trouble } from './core.js';
import { arcs, key, marked, shown as shownSentence } from './words.js';

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
  show(shown, all.length ? [marked(all, { head: head && [head], tail: tail && [tail] }), key(['head', 'first entity'], ['tail', 'second entity']), head && tail ? null : h('p', { class: 'hint' }, `Still to mark: ${[!head && 'the first entity', !tail && 'the second entity'].filter(Boolean).join(' and ')}.`)] : null);
}

function sentence() {
  const { all, head, tail } = asked();
  if (!all.length) throw new Error('Type a sentence first.');
  if (!head || !tail) throw new Error('Mark both entities: select each in the sentence, then press its button.');
  return { tokens: all, head, tail };
}

async function predict() {
  const given = sentence();
  show($('#alone'));
  show($('#answer'), busy('The model reads, and looks for its reasons …'));
  const { answers } = await api(at`/models/${model}/predict`, { method: 'POST', body: { sentences: [given], top: 8, explain: true } });
  show($('#answer'), result(answers[0]));
  $('#answer').scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

function result({ label, score, scores, explanation }) {
  const { sentence: read, syntax, neighbours, views, notes } = explanation;
  return [
    h('p', {}, 'Answer: ', h('b', { id: 'label' }, label), h('span', { class: 'hint' }, ` score ${figure(score)}`)),
    h('h3', {}, 'Scores'),
    h('div', { class: 'bars' }, scores.map((x) => [h('span', {}, x.label), h('progress', { max: 1, value: Math.max(0, Math.min(1, x.score)), 'aria-label': x.label }), h('span', {}, figure(x.score))])),
    syntax ? [h('h3', {}, 'Dependencies'), arcs(read.tokens, syntax, { head: read.head, tail: read.tail, path: new Set(syntax.path) }), key(['path', 'the shortest path between the entities'])] : null,
    neighbours.length ? [h('h3', {}, 'Nearest training examples'), h('ul', { class: 'errors' }, neighbours.map((n) => h('li', {}, shownSentence(n.sentence), h('div', { class: 'verdicts' }, h('b', {}, n.label), h('span', { class: 'hint' }, `cosine ${n.similarity.toFixed(3)}`)))))] : null,
    views.length ? [h('h3', {}, 'Under changed wordings'), h('ul', { class: 'errors' }, views.map((v) => view(v))), key(['changed', 'changed word'])] : null,
    notes.map((n) => h('p', { class: 'hint' }, n)),
  ];
}

function view(v) {
  return h('li', {}, shownSentence(v.sentence, { changed: new Set(v.changed), path: new Set(v.guarded ?? []) }), h('div', { class: 'verdicts' }, v.augmenter ? h('span', { class: 'hint' }, v.augmenter) : null,
    v.label ? h('span', {}, 'answered ', h('b', {}, v.label)) : null, v.score === undefined ? null : h('span', { class: 'hint' }, `score ${figure(v.score)}`)));
}

show($('#type'), field('Sentence', text), h('div', { class: 'actions' },
  h('button', { type: 'button', onclick: () => mark('head') }, 'Selection is the first entity'), h('button', { type: 'button', onclick: () => mark('tail') }, 'Selection is the second entity')), shown);

await into($('#model'), api('/models?predicts=true'), ({ models }) => {
  if (!models.length) return empty('No trained model yet', 'A model is here when a stage train or classify of a run is done.', h('a', { class: 'button primary', href: '/new?recipe=quickstart' }, 'Start quickstart'));
  model = new URLSearchParams(location.search).get('model') ?? models[0].id;
  return [field('Model', choice(models.map((m) => [m.id, `${m.stage} of ${m.run}`]), model, (id) => { model = id; })), h('p', {}, action('Predict', async () => {
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
  return api(at`/parts/${kind}`).then((a) => a.parts.map((p) => p.name)).catch(() => []);
}

/** Settings as in 'relata try': path=value, one a line. */
function settings(area) {
  return Object.fromEntries(area.value.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const [, path, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (!path) throw new Error(`'${line}' is no setting. Expected path=value, e.g. rate=0.3`);
    return [path, value];
  }));
}

const [augmenters, parsers] = await Promise.all([parts('augmenter'), parts('parser')]);
const withBox = h('textarea', { rows: 2, class: 'code', placeholder: 'rate=0.3', spellcheck: 'false' });
const seed = h('input', { type: 'number', value: 42, min: 0 });
if (augmenters.length) {
  alone.augmenter = augmenters.includes('synonym-replacement') ? 'synonym-replacement' : augmenters[0];
  show($('#augmenter'), h('div', { class: 'filters' }, field('Augmenter', choice(augmenters, alone.augmenter, (v) => { alone.augmenter = v; })), field('Seed', seed)),
    field('Settings, one a line', withBox), h('p', {}, action('Augment', augment)));
} else show($('#augmenter'), h('p', { class: 'hint' }, 'No augmenter is installed.'));
if (parsers.length) {
  // of the parsers, one that needs no parses made beforehand
  alone.parser = parsers.find((name) => name !== 'conllu') ?? parsers[0];
  show($('#parser'), field('Parser', choice(parsers, alone.parser, (v) => { alone.parser = v; })), h('p', {}, action('Parse', parse)));
} else show($('#parser'), h('p', { class: 'hint' }, 'No parser is installed. Feature corenlp has one.'));

async function augment() {
  show($('#answer'));
  await into($('#alone'), ask('/try/augmenter', () => ({ name: alone.augmenter, settings: settings(withBox), seed: Number(seed.value), times: 5, sentence: sentence() })), ({ views }) =>
    [h('h3', {}, `${alone.augmenter}: ${views.length} ${views.length === 1 ? 'view' : 'views'}`), h('ul', { class: 'errors' }, views.map(view)), key(['changed', 'changed word'], ['path', 'guarded word'])]);
}

async function parse() {
  show($('#answer'));
  await into($('#alone'), ask('/try/parser', () => {
    const tokens = asked().all;
    if (!tokens.length) throw new Error('Type a sentence first.');
    return { name: alone.parser, tokens };
  }), (tree) => {
    const { head, tail } = asked();
    return [h('h3', {}, alone.parser), arcs(tree.tokens, tree, { head: head && [head], tail: tail && [tail] })];
  });
}

async function ask(path, body) {
  return api(path, { method: 'POST', body: body() });
}
