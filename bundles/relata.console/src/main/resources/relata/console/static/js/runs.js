// The list of runs: filters, search, and which to compare. Live by events of all runs.
import { $, action, api, at, badge, choice, duration, empty, field, figure, h, into, may, query, show, time, told, trouble, worked, WORKED } from './core.js';
import { calm, listen, steady } from './live.js';

const PAGE = 50;
const MOST_LINES = 6;
const UNDER_WAY = ['waiting', 'running', 'stopping'];
const place = $('#runs');
const given = new URLSearchParams(location.search);
const filter = { q: given.get('q') ?? '', status: given.get('status') ?? '', recipe: given.get('recipe') ?? '', offset: Number(given.get('offset') ?? 0) };
const chosen = new Set();
const opened = new Set();
const spreads = new Map();
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
  await into(place, api('/runs' + query({ ...filter, limit: PAGE })).then(whole), list);
}

/** With how all runs of a group stand, where a page may not show them all. */
async function whole(found) {
  found.runs.forEach(told);
  const groups = found.runs.length < found.total ? new Set(found.runs.map((run) => run.group).filter(Boolean)) : [];
  const standing = await Promise.all([...groups].map((id) => api(at`/groups/${id}`).then((group) => [id, group.standing]).catch(() => [id])));
  return { ...found, standing: new Map(standing) };
}

function list({ total, runs, standing }) {
  runs.forEach((run) => recipes.add(run.recipe));
  if (filter.recipe) recipes.add(filter.recipe);
  if (recipe.options.length !== recipes.size + 1)
    show(recipe, [h('option', { value: '' }, 'all'), ...[...recipes].sort().map((r) => h('option', { value: r, selected: r === filter.recipe }, r))]);
  if (total === 0)
    return filter.q || filter.status || filter.recipe
      ? empty('No run fits', 'No run has this status, recipe and these words.', h('button', { type: 'button', onclick: () => { search.value = status.value = recipe.value = ''; change({ q: '', status: '', recipe: '' }); } }, 'Show all runs'))
      : empty('No runs yet', 'A run trains and judges what a recipe says. The recipe quickstart takes about five minutes on two cores.',
        may('runner') ? h('a', { class: 'button primary', href: '/new?recipe=quickstart' }, 'Start quickstart') : h('code', {}, 'relata run quickstart'));
  const groups = new Map();
  for (const run of runs) if (run.group) (groups.get(run.group) ?? groups.set(run.group, []).get(run.group)).push(run);
  // a group stands where the latest of its runs does
  const rows = runs.flatMap((run) => {
    const together = groups.get(run.group);
    if (!together) return [row(run)];
    return together[0] === run ? group(run.group, together, standing.get(run.group)) : [];
  });
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

function row(run, className) {
  return h('tr', { class: className },
    h('td', { class: 'short' }, h('input', { type: 'checkbox', checked: chosen.has(run.id), 'aria-label': `Compare ${run.id}`, onchange: (e) => choose(run.id, e.target.checked) })),
    h('td', { class: 'name' }, h('a', { href: `/runs/${encodeURIComponent(run.id)}` }, run.id), h('div', { class: 'hint' }, run.title || run.recipe)),
    h('td', { 'data-of': 'Recipe', class: 'short' }, run.recipe),
    h('td', { 'data-of': 'Status', class: 'short' }, badge(run.status), run.error ? h('div', { class: 'hint' }, run.error) : null),
    h('td', { 'data-of': 'Stages', class: 'n' }, `${run.done} of ${run.stages}`),
    h('td', { 'data-of': 'Seed', class: 'n' }, run.seed ?? '–'),
    h('td', { 'data-of': 'Started' }, time(run.started)),
    h('td', { 'data-of': 'Took', class: 'n', title: WORKED }, duration(worked(run))));
}

/** Runs that were started together: a row for all, with their spread, and below it one for each. */
function group(id, runs, standing) {
  const counts = new Map(Object.entries(standing ?? {}));
  if (!standing) runs.forEach((run) => counts.set(run.status, (counts.get(run.status) ?? 0) + 1));
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  const open = opened.has(id);
  const members = runs.map((run) => row(run, open ? 'member' : 'member hidden'));
  const more = h('button', { type: 'button', class: 'small', 'aria-expanded': String(open), onclick: () => {
    const now = !opened.has(id);
    if (now) opened.add(id);
    else opened.delete(id);
    more.setAttribute('aria-expanded', String(now));
    more.textContent = now ? 'Hide its runs' : 'Show its runs';
    members.forEach((tr) => tr.classList.toggle('hidden', !now));
  } }, open ? 'Hide its runs' : 'Show its runs');
  const ids = encodeURIComponent(id);
  const works = UNDER_WAY.some((word) => counts.has(word));
  const head = h('tr', { class: 'group', 'data-group': id },
    h('td', { class: 'short' }, h('input', { type: 'checkbox', checked: chosen.has(id), 'aria-label': `Compare ${id}`, onchange: (e) => choose(id, e.target.checked) })),
    h('td', { class: 'name', colspan: 4 }, h('b', {}, `${runs[0].title || runs[0].recipe}: ${all} ${all === 1 ? 'run' : 'runs'}`), h('div', { class: 'hint' }, id), spread(id, counts)),
    h('td', { colspan: 3 }, h('div', { class: 'badges' }, [...counts].map(([word, n]) => h('span', { class: `badge ${word}` }, `${n} ${word}`))),
      h('div', { class: 'actions' }, more, h('a', { class: 'button small', href: `/compare?runs=${ids}` }, 'Compare'),
        may('runner') && works ? action('Stop all', () => api(at`/groups/${id}/stop`, { method: 'POST' }).then(load), { class: 'small' }) : null,
        may('runner') && !works && counts.size > (counts.has('done') ? 1 : 0) ? action('Resume all', () => api(at`/groups/${id}/resume`, { method: 'POST' }).then(load), { class: 'small' }) : null)));
  return [head, ...members];
}

/** The figure of a group's runs that are done: how far it spreads. Asked for again only when more are done. */
function spread(id, counts) {
  const place = h('div', { class: 'spread' });
  const done = counts.get('done');
  if (!done) return place;
  const key = `${id} ${done}`;
  if (!spreads.has(key)) spreads.set(key, api('/compare' + query({ runs: id, resamples: '0' })).catch((e) => {
    // busy now may not be so the next time
    spreads.delete(key);
    return { caption: e.message, rows: [] };
  }));
  spreads.get(key).then(({ caption, rows, percent }) => {
    const write = (v) => (percent ? (100 * v).toFixed(2) : figure(v));
    const lines = rows.flatMap(({ titles, cells }) => cells.filter(Boolean).map((c) => h('div', {}, titles.filter(Boolean).join(', '), titles.some(Boolean) ? ': ' : '', h('b', {}, write(c.median)),
      c.values.length > 1 ? ` (${write(c.min)} to ${write(c.max)}, σ ${write(c.deviation)})` : '')));
    show(place, h('div', { class: 'hint' }, caption), lines.slice(0, MOST_LINES), lines.length > MOST_LINES ? h('div', { class: 'hint' }, `and ${lines.length - MOST_LINES} more`) : null);
  });
  return place;
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
  listen('/events', { run: again, stage: again }, again);
} catch (e) {
  place.prepend(trouble(e));
}
