// Health: what doctor finds, as a page.
import { $, action, api, h, into, show, table } from './core.js';

async function load() {
  await into($('#health'), api('/health'), ({ ok, checks }) => [
    h('div', { class: 'note ' + (ok ? 'good' : 'bad'), role: 'status' }, ok ? `All ${checks.length} checks are fine.` : `${checks.filter((c) => !c.ok).length} of ${checks.length} checks found something. What to do stands beside them.`),
    table([
      ['Check', (c) => h('b', {}, c.name)],
      ['State', (c) => h('span', { class: 'badge ' + (c.ok ? 'good' : 'bad') }, c.ok ? 'fine' : 'not well')],
      ['Found', (c) => [c.found, c.problems.length ? h('ul', {}, c.problems.map((p) => h('li', {}, p))) : null]],
    ], checks, { caption: 'List of checks', className: 'cards' }),
  ]);
}

show($('#again'), action('Check again', load));
await load();
