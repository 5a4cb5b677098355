// Plug-ins and features: what is installed, what was, what an operator may do about it.
import { $, Refused, action, api, at, badge, empty, h, into, may, say, show, sure, table, time, trouble } from './core.js';

async function act(words, work) {
  show($('#told'));
  try {
    const answer = await work();
    show($('#told'), h('div', { class: 'note good', role: 'status' }, h('div', {}, words), answer?.said?.length ? h('ul', {}, answer.said.map((l) => h('li', {}, l))) : null));
    say(words);
  } catch (e) {
    if (!(e instanceof Refused)) console.error(e);
    show($('#told'), trouble(e));
  }
  await load();
}

function buttons(p) {
  if (!may('operator')) return '';
  const enabled = p.enabled ?? p.state !== 'disabled';
  return h('div', { class: 'actions' },
    enabled
      ? h('button', { type: 'button', class: 'small', 'aria-label': `Disable ${p.name}`, onclick: () => act(`${p.name} is disabled.`, () => api(at`/plugins/${p.name}/disable`, { method: 'POST' })) }, 'Disable')
      : h('button', { type: 'button', class: 'small', 'aria-label': `Enable ${p.name}`, onclick: () => act(`${p.name} is enabled.`, () => api(at`/plugins/${p.name}/enable`, { method: 'POST' })) }, 'Enable'),
    h('button', { type: 'button', class: 'small danger', 'aria-label': `Remove ${p.name}`, onclick: async () => {
      if (await sure(`Remove the plug-in ${p.name}? Recipes that name its parts no longer run.`, 'Remove')) await act(`${p.name} is removed.`, () => api(at`/plugins/${p.name}`, { method: 'DELETE' }));
    } }, 'Remove'));
}

async function load() {
  await Promise.all([
    into($('#plugins'), api('/plugins'), (answer) => {
      const plugins = answer.plugins ?? answer;
      upload(answer);
      if (!plugins.length) return empty('No plug-ins', 'A plug-in is a bundle with parts of your own. Drop its jar into the folder plugins, or install it:', h('code', {}, 'relata plugin install my-loss-1.0.0.jar'));
      return table([
        ['Name', (p) => [h('b', {}, p.name), p.jar ?? p.file ? h('div', { class: 'hint mono' }, p.jar ?? p.file) : null]],
        ['Version', (p) => p.version ?? '–'],
        ['State', (p) => badge(p.state ?? (p.enabled === false ? 'disabled' : 'active'))],
        ['Parts', (p) => (p.parts ?? []).map((x) => (typeof x === 'string' ? x : `${x.kind} ${x.name}`)).join(', ') || '–'],
        ['Says', (p) => p.problem ?? p.message ?? p.said ?? ''],
        ['', buttons],
      ], plugins, { caption: 'Plug-ins', className: 'cards' });
    }),
    into($('#history'), api('/plugins/history'), (answer) => {
      const changes = answer.changes ?? answer.history ?? answer;
      if (!changes.length) return h('p', { class: 'hint' }, 'Nothing was installed, updated or removed yet.');
      return [
        may('operator') ? h('p', {}, action('Undo the last change', () => act('The last change is undone.', () => api('/plugins/rollback', { method: 'POST' })))) : null,
        table([['When', (c) => time(c.when ?? c.time ?? c.at)], ['What', (c) => c.what ?? c.action ?? c.kind], ['Plug-in', (c) => c.name ?? c.plugin], ['Version', (c) => [c.before ?? c.from, c.after ?? c.to ?? c.version].filter(Boolean).join(' → ') || '–']], changes, { caption: 'Changes', className: 'cards' }),
      ];
    }),
    into($('#features'), api('/features'), (answer) => {
      const features = answer.features ?? answer;
      return table([
        ['Feature', (f) => [h('b', {}, f.name ?? f.id), f.description ? h('div', { class: 'hint' }, f.description) : null]],
        ['Installed', (f) => badge((f.installed ?? f.active ?? true) ? 'done' : 'waiting')],
        ['Licence', (f) => f.license ?? f.licence ?? '–'],
        ['Bundles', (f) => (Array.isArray(f.bundles) ? f.bundles.length : f.bundles ?? '–'), { n: true }],
      ], features, { caption: 'Features', className: 'cards' });
    }),
  ]);
}

function upload({ upload: allowed }) {
  if (!may('operator')) return show($('#upload'), h('p', { class: 'hint' }, 'Operators install, update and remove plug-ins.'));
  if (allowed === false) return show($('#upload'), h('p', { class: 'hint' }, 'Upload is off. Who runs the server turns it on, and may always use relata plugin install.'));
  const file = h('input', { type: 'file', accept: '.jar', id: 'jar' });
  return show($('#upload'), h('div', { class: 'filters' }, h('div', { class: 'field' }, h('label', { for: 'jar' }, 'Install or update from a jar'), file),
    h('button', { type: 'button', class: 'primary', id: 'install', onclick: () => file.files[0] ? act(`${file.files[0].name} is installed.`, () => api('/plugins', { method: 'POST', body: file.files[0] })) : show($('#told'), h('div', { class: 'note warn' }, 'Choose a jar first.')) }, 'Install')));
}

await load();
