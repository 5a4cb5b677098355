// The catalogue: every installed part with its settings and its paper.
import { $, api, at, empty, h, into, show, table } from './core.js';
import { calm } from './live.js';

let parts = [];
const search = h('input', { type: 'search', placeholder: 'name or word', oninput: calm(() => list(), 150) });
show($('#search'), h('label', { for: 'part-search' }, 'Search'), search);
search.id = 'part-search';

function list() {
  const words = search.value.trim().toLowerCase();
  const found = parts.filter((p) => `${p.kind} ${p.name} ${p.summary} ${p.source}`.toLowerCase().includes(words));
  const kinds = [...new Set(found.map((p) => p.kind))];
  const here = decodeURIComponent(location.hash.slice(1));
  show($('#list'), found.length
    ? h('ul', { class: 'pick catalogue' }, kinds.map((kind) => [h('li', { class: 'kind' }, kind), found.filter((p) => p.kind === kind).map((p) => h('li', {}, h('a', { href: at`#${p.kind}` + at`/${p.name}`, 'aria-current': here === `${p.kind}/${p.name}` ? 'true' : undefined }, p.name)))]))
    : h('p', { class: 'hint' }, 'No part has this word.'));
}

async function tell() {
  const [kind, name] = location.hash.slice(1).split('/').map(decodeURIComponent);
  list();
  if (!name) return show($('#part'), empty(`${parts.length} parts are installed`, 'Choose one to see what it does, its settings and its paper. Recipes name parts by kind and name.'));
  const part = await into($('#part'), api(at`/parts/${kind}/${name}`), render);
  if (part) document.title = `${part.name} - Relata`;
  return part;
}

function render(part) {
  const { settings } = part;
  return [
    h('h2', {}, h('span', {}, part.name), h('span', { class: 'hint' }, part.kind)),
    h('p', {}, part.summary),
    h('dl', { class: 'facts' },
      part.source ? [h('dt', {}, 'Paper'), h('dd', {}, part.source)] : null,
      part.produces ? [h('dt', {}, 'Produces'), h('dd', {}, part.produces)] : null,
      h('dt', {}, 'Bundle'), h('dd', {}, `${part.bundle} ${part.version}`),
      h('dt', {}, 'In a recipe'), h('dd', {}, h('code', {}, part.kind === 'stage' ? `NAME: { use: ${part.name} }` : `${part.kind}: { use: ${part.name} }`))),
    h('h3', {}, 'Settings'),
    settings.length
      ? table([
        ['Setting', (s) => h('code', {}, s.name)], ['Type', (s) => s.type],
        ['Default', (s) => (s.required ? h('b', {}, 'required') : s.standard ? h('code', {}, s.standard) : '–')],
        ['Range', (s) => s.range || '–'], ['What it does', (s) => s.doc],
      ], settings, { caption: `Settings of ${part.name}`, className: 'cards' })
      : h('p', { class: 'hint' }, 'It has none.'),
  ];
}

await into($('#list'), api('/parts'), (answer) => {
  ({ parts } = answer);
  return parts.length ? [] : empty('No parts', 'No bundle with parts is started. The page Health says what is missing.', h('a', { class: 'button', href: '/health' }, 'Health'));
});
if (parts.length) await tell();
addEventListener('hashchange', tell);
