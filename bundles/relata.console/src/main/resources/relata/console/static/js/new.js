// A new run: the recipe in the editor, its settings in the form, all mistakes as they are made.
import { $, Refused, action, api, at, h, into, may, show, trouble, choice, field } from './core.js';
import { calm } from './live.js';
import { Editor } from './editor.js';
import { Form } from './form.js';
import { Schema } from './schema.js';

const given = new URLSearchParams(location.search);
const mistakes = $('#mistakes');
let checking;

const schema = new Schema(await into($('#editor'), api('/schema'), () => []));
const editor = new Editor($('#editor'), schema, () => { check(); redraw(); });
const form = new Form($('#form'), schema, () => { overrides(); check(); });

const recipes = await api('/recipes').then((r) => r.recipes).catch(() => []);
const pick = choice([['', 'Choose a recipe …'], ...recipes.map((r) => [r.name, r.title ? `${r.name}: ${r.title}` : r.name])], given.get('recipe') ?? '', (name) => name && load(at`/recipes/${name}`));
show($('#pick'), h('div', { class: 'field grow' }, field('Begin with', pick)));

async function load(path) {
  try {
    const text = await api(path);
    form.overrides.clear();
    overrides();
    editor.text = text;
  } catch (e) {
    show(mistakes, trouble(e));
  }
}

const redraw = calm(() => {
  try {
    form.draw(window.jsyaml.load(editor.text, { schema: window.jsyaml.CORE_SCHEMA }));
  } catch (e) {
    show($('#form'), h('p', { class: 'hint' }, `The form comes back when the YAML can be read: ${e.reason ?? e.message}${e.mark ? `, line ${e.mark.line + 1}` : ''}.`));
  }
}, 350);

const check = calm(async () => {
  if (!may('runner')) return show(mistakes, h('p', { class: 'hint' }, 'A viewer may look at recipes; to check and start them, log in as a runner.'));
  if (!editor.text.trim()) return show(mistakes, h('p', { class: 'hint' }, 'Choose a recipe above, or write one.'));
  checking?.abort();
  checking = new AbortController();
  try {
    const { mistakes: found, runs } = await api('/recipes/check', { method: 'POST', body: body(), signal: checking.signal });
    tell(found, runs);
  } catch (e) {
    if (e.name !== 'AbortError') show(mistakes, trouble(e));
  }
  return undefined;
}, 500);

// several runs of one recipe, as --seeds, --vary, --fractions and --folds make them
const again = calm(() => { check(); });
const several = {
  seeds: h('input', { placeholder: '42..46', oninput: again }),
  vary: h('textarea', { rows: 2, spellcheck: 'false', class: 'mono', placeholder: 'encoder.with.format=mention,type', oninput: again }),
  fractions: h('input', { placeholder: '0.01,0.1,1', oninput: again }),
  folds: h('input', { type: 'number', min: 2, max: 1000, placeholder: '10', oninput: again }),
};
show($('#several'),
  field('Seeds', several.seeds, 'A run for each: 42..46 or 1,7,42'), field('Vary', several.vary, 'A setting in each line, with its values: a run for each combination'),
  field('Shares of the training data', several.fractions, 'A run for each'), field('Folds', several.folds, 'Cross-validation: a run for each fold'));

/** Path to values. A line without = is taken for a setting that is not there, which the server says. */
const varied = () => Object.fromEntries(several.vary.value.split('\n').map((l) => l.trim()).filter(Boolean).map((l) => {
  const sign = l.indexOf('=');
  return sign < 0 ? [l, ''] : [l.slice(0, sign).trim(), l.slice(sign + 1).trim()];
}));

const body = () => ({
  recipe: editor.text, overrides: Object.fromEntries(form.overrides),
  seeds: several.seeds.value.trim(), vary: varied(), fractions: several.fractions.value.trim(), folds: Number(several.folds.value) || 0,
});

function tell(found, runs = 1) {
  editor.mark(found.map((m) => m.line).filter((l) => l > 0));
  const button = $('#start').firstElementChild;
  button.disabled = found.length > 0;
  button.textContent = runs > 1 ? `Start ${runs} runs` : 'Start run';
  if (!found.length) return show(mistakes, h('p', { class: 'badge good' }, 'No mistakes'));
  return show(mistakes,
    h('div', { class: 'badge bad' }, found.length === 1 ? '1 mistake' : `${found.length} mistakes`),
    h('ul', { class: 'mistakes' }, found.map((m) => h('li', {},
      m.line > 0 ? h('button', { type: 'button', class: 'link', onclick: () => editor.go(m.line) }, `line ${m.line}`) : null, ' ', m.path ? h('code', {}, m.path) : null, ' ', m.message))));
}

function overrides() {
  const set = [...form.overrides];
  show($('#overrides'), set.length ? [h('h3', {}, 'Set by the form'), h('ul', { class: 'mistakes' }, set.map(([path, value]) => h('li', {}, h('code', {}, `-D ${path}=${value}`), ' ',
    h('button', { type: 'button', class: 'link', 'aria-label': `Take back ${path}`, onclick: () => { form.overrides.delete(path); overrides(); check(); redraw(); } }, 'take back'))))] : null);
}

async function start() {
  try {
    const { id, group } = await api('/runs', { method: 'POST', body: body() });
    location.assign(group ? `/?q=${encodeURIComponent(group)}` : at`/runs/${id}`);
  } catch (e) {
    if (!(e instanceof Refused) || !e.mistakes.length) throw e;
    tell(e.mistakes);
  }
}

show($('#start'), may('runner') ? action('Start run', start, { class: 'primary' }) : h('span', { class: 'hint' }, 'Only runners may start runs.'));
if (given.get('run')) await load(at`/runs/${given.get('run')}/recipe`);
else if (given.get('recipe')) await load(at`/recipes/${given.get('recipe')}`);
else check();
