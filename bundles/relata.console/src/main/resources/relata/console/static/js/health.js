// Health: what doctor finds, as a page.
import { $, action, api, h, into, show, table } from './core.js';

async function load() {
  await into($('#health'), api('/health'), (answer) => {
    const checks = answer.checks ?? answer;
    const bad = checks.filter((c) => !right(c));
    return [
      h('div', { class: 'note ' + (bad.length ? 'bad' : 'good'), role: 'status' }, bad.length ? `${bad.length} of ${checks.length} checks failed. What to do stands beside them.` : `All ${checks.length} checks are fine.`),
      table([
        ['Check', (c) => c.name ?? c.what ?? c.title],
        ['State', (c) => h('span', { class: 'badge ' + (right(c) ? 'good' : 'bad') }, right(c) ? 'fine' : c.state === 'warning' ? 'warning' : 'failed')],
        ['Found', (c) => [c.message ?? c.found ?? c.detail ?? '', (c.details ?? []).length ? h('ul', {}, c.details.map((d) => h('li', {}, d))) : null, c.advice ? h('div', { class: 'hint' }, c.advice) : null]],
      ], checks, { caption: 'Checks', className: 'cards' }),
    ];
  });
}

const right = (c) => c.ok ?? c.fine ?? c.passed ?? ['ok', 'fine', 'good'].includes(c.state);

show($('#again'), action('Check again', load));
await load();
