// Plug-ins and features: what is installed, what was, what an operator may do about it.
import { $, Refused, api, at, empty, h, into, may, query, say, show, sure, table, time, trouble } from './core.js';

async function act(words, work) {
  show($('#told'));
  try {
    const answer = await work();
    show($('#told'), h('div', { class: 'note good', role: 'status' }, h('div', {}, words), answer?.remarks?.length ? h('ul', {}, answer.remarks.map((l) => h('li', {}, l))) : null));
    say(words);
  } catch (e) {
    if (!(e instanceof Refused)) console.error(e);
    show($('#told'), trouble(e));
  }
  await load();
}

function buttons(p) {
  if (!may('operator')) return '';
  const enabled = p.state !== 'disabled';
  return h('div', { class: 'actions' },
    enabled
      ? h('button', { type: 'button', class: 'small', 'aria-label': `Disable ${p.name}`, onclick: () => act(`${p.name} is disabled.`, () => api(at`/plugins/${p.name}/disable`, { method: 'POST' })) }, 'Disable')
      : h('button', { type: 'button', class: 'small', 'aria-label': `Enable ${p.name}`, onclick: () => act(`${p.name} is enabled.`, () => api(at`/plugins/${p.name}/enable`, { method: 'POST' })) }, 'Enable'),
    h('button', { type: 'button', class: 'small danger', 'aria-label': `Remove ${p.name}`, onclick: async () => {
      if (await sure(`Remove the plug-in ${p.name}? Recipes that name its parts no longer run.`, 'Remove')) await act(`${p.name} is removed.`, () => api(at`/plugins/${p.name}`, { method: 'DELETE' }));
    } }, 'Remove'));
}

const COLOUR = { active: 'good', broken: 'bad', disabled: '', draining: 'warn' };

async function load() {
  await Promise.all([
    into($('#plugins'), api('/plugins'), (answer) => {
      const { plugins, problems } = answer;
      upload(answer);
      const wrong = problems.length ? h('div', { class: 'note bad' }, h('ul', {}, problems.map((p) => h('li', {}, p)))) : null;
      if (!plugins.length) return [wrong, empty('No plug-ins', 'A plug-in is a bundle with parts of your own. Put its jar into the folder plugins, or install it:', h('code', {}, 'relata plugin install my-loss-1.0.0.jar'))];
      return [wrong, table([
        ['Name', (p) => [h('b', {}, p.name), h('div', { class: 'hint' }, p.origin)]],
        ['Version', (p) => p.version],
        ['State', (p) => [h('span', { class: `badge ${COLOUR[p.state] ?? ''}` }, p.state), p.remark ? h('div', { class: 'hint' }, p.remark) : null]],
        ['Parts', (p) => (p.parts.length ? h('ul', { class: 'plain' }, p.parts.map((part) => h('li', {}, part))) : '–')],
        ['What to do', buttons],
      ], plugins, { caption: 'Plug-ins', className: 'cards' })];
    }),
    into($('#history'), api('/plugins/history'), ({ changes }) => {
      if (changes.length < 2) return h('p', { class: 'hint' }, 'Nothing was installed, updated or removed yet.');
      return [
        may('operator') ? h('p', {}, h('button', { type: 'button', onclick: () => act('The last change is undone.', () => api('/plugins/rollback', { method: 'POST', body: {} })) }, 'Undo the last change')) : null,
        table([
          ['Change', (c) => [c.generation, ' ', c.current ? h('span', { class: 'badge good' }, 'now') : null]], ['When', (c) => (c.generation ? time(c.when) : '–')], ['What', (c) => c.action],
          ['Installed after it', (c) => c.plugins.join(', ') || 'nothing'], ['To be known', (c) => c.remarks.join(' ')],
        ], [...changes].reverse(), { caption: 'Changes', className: 'cards' }),
      ];
    }),
    into($('#features'), api('/features'), ({ features }) => table([
      ['Feature', (f) => [h('b', {}, f.name), f.description ? h('div', { class: 'hint' }, f.description) : null]],
      ['State', (f) => h('span', { class: `badge ${f.state === 'available' ? '' : 'good'}` }, f.state)],
      ['Needs', (f) => f.requires.join(', ') || '–'],
      ['Bundles', (f) => f.bundles.length, { n: true }],
    ], features, { caption: 'Features', className: 'cards' })),
  ]);
}

function upload({ uploads }) {
  if (!may('operator')) return show($('#upload'), h('p', { class: 'hint' }, 'Operators install, update and remove plug-ins.'));
  if (!uploads) return show($('#upload'), h('p', { class: 'hint' }, 'Uploads are off. Whoever runs the server turns them on by relata serve --uploads, and may always use relata plugin install.'));
  const file = h('input', { type: 'file', accept: '.jar', id: 'jar' });
  const update = h('input', { type: 'checkbox' });
  return show($('#upload'), h('div', { class: 'filters' }, h('div', { class: 'field' }, h('label', { for: 'jar' }, 'A jar'), file), h('label', { class: 'check' }, update, 'replaces the plug-in of its name'),
    h('button', { type: 'button', class: 'primary', id: 'install', onclick: () => file.files[0] ? act(`${file.files[0].name} is ${update.checked ? 'updated' : 'installed'}.`, () => api('/plugins' + query({ update: update.checked }), { method: 'POST', body: file.files[0] })) : show($('#told'), h('div', { class: 'note warn' }, 'Choose a jar first.')) }, 'Install')));
}

await load();
