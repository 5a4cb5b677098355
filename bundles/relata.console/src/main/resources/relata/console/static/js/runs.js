// The list of runs: filters, search, and which to compare. Live by events of all runs.
import { $, api, badge, calm, choice, duration, empty, field, h, into, listen, may, query, seconds, show, steady, time, trouble } from './core.js';

const PAGE = 50;
const place = $('#runs');
const given = new URLSearchParams(location.search);
const filter = { q: given.get('q') ?? '', status: given.get('status') ?? '', recipe: given.get('recipe') ?? '', offset: Number(given.get('offset') ?? 0) };
const chosen = new Set();
let recipes = new Set();

const search = h('input', { type: 'search', value: filter.q, placeholder: 'id, recipe, title', oninput: calm((e) => change({ q: e.target.value }), 250) });
const status = choice([['', 'all'], 'waiting', 'running', 'done', 'failed', 'stopped'], filter.status, (v) => change({ status: v }));
const recipe = h('select', { onchange: (e) => change({ recipe: e.target.value }) });
const compare = h('button', { type: 'button', disabled: true, onclick: () => location.assign('/compare?runs=' + [...chosen].map(encodeURIComponent).join(',')) }, 'Compare');

show($('#filters'), h('div', { class: 'field grow' }, field('Search', search)), field('Status', status), field('Recipe', recipe), compare);

function change(more) {
  Object.assign(filter, { offset: 0 }, more);
  history.replaceState(null, '', '/' + query({ ...filter, offset: filter.offset || '' }));
  load();
}

async function load() {
  await into(place, api('/runs' + query({ ...filter, limit: PAGE })), list);
}

function list({ total, runs }) {
  runs.forEach((run) => recipes.add(run.recipe));
  if (filter.recipe) recipes.add(filter.recipe);
  if (recipe.options.length !== recipes.size + 1)
    show(recipe, [h('option', { value: '' }, 'all'), ...[...recipes].sort().map((r) => h('option', { value: r, selected: r === filter.recipe }, r))]);
  if (total === 0)
    return filter.q || filter.status || filter.recipe
      ? empty('No run fits', 'No run has this status, recipe and these words.', h('button', { type: 'button', onclick: () => { search.value = status.value = recipe.value = ''; change({ q: '', status: '', recipe: '' }); } }, 'Show all runs'))
      : empty('No runs yet', 'A run trains and judges what a recipe says. The recipe quickstart takes about five minutes on two cores.',
        may('runner') ? h('a', { class: 'button primary', href: '/new?recipe=quickstart' }, 'Start quickstart') : h('code', {}, 'relata run quickstart'));
  const rows = runs.map((run) => h('tr', {},
    h('td', { class: 'short' }, h('input', { type: 'checkbox', checked: chosen.has(run.id), 'aria-label': `Compare ${run.id}`, onchange: (e) => choose(run.id, e.target.checked) })),
    h('td', { class: 'name' }, h('a', { href: `/runs/${encodeURIComponent(run.id)}` }, run.id), h('div', { class: 'hint' }, run.title || run.recipe)),
    h('td', { 'data-of': 'Recipe', class: 'short' }, run.recipe),
    h('td', { 'data-of': 'Status', class: 'short' }, badge(run.status), run.error ? h('div', { class: 'hint' }, run.error) : null),
    h('td', { 'data-of': 'Stages', class: 'n' }, `${run.done} of ${run.stages}`),
    h('td', { 'data-of': 'Seed', class: 'n' }, run.seed ?? '–'),
    h('td', { 'data-of': 'Started' }, time(run.started)),
    h('td', { 'data-of': 'Took', class: 'n' }, duration(seconds(run.started, run.ended)))));
  const head = ['', 'Run', 'Recipe', 'Status', 'Stages', 'Seed', 'Started', 'Took'];
  return [
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'List of runs' }, h('table', { class: 'cards' },
      h('thead', {}, h('tr', {}, head.map((t) => (t ? h('th', { scope: 'col', class: /Stages|Seed|Took/.test(t) ? 'n' : undefined }, t) : h('td', {}, h('span', { class: 'visually-hidden' }, 'Choose')))))),
      h('tbody', {}, rows))),
    h('div', { class: 'title under after' },
      h('span', {}, `${filter.offset + 1} to ${filter.offset + runs.length} of ${total} ${total === 1 ? 'run' : 'runs'}`),
      runs.length < total && h('div', { class: 'actions' },
        h('button', { type: 'button', disabled: filter.offset === 0, onclick: () => change({ offset: Math.max(0, filter.offset - PAGE) }) }, 'Newer'),
        h('button', { type: 'button', disabled: filter.offset + runs.length >= total, onclick: () => change({ offset: filter.offset + PAGE }) }, 'Older'))),
  ];
}

function choose(id, on) {
  if (on) chosen.add(id);
  else chosen.delete(id);
  compare.disabled = chosen.size === 0;
  compare.textContent = chosen.size ? `Compare ${chosen.size}` : 'Compare';
}

const again = steady(load, 300);
await load();
try {
  listen('/events', { run: again, stage: again });
} catch (e) {
  place.prepend(trouble(e));
}
