// What all pages use: the REST API, making elements, numbers with their units, times in the browser's zone.

/** Where the REST API is. */
export const API = '/api/v1';

/** An answer of the API that is not the one hoped for: what it said, its details as sentences, and the mistakes of a recipe. */
export class Refused extends Error {
  constructor(status, code, message, details, mistakes = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.mistakes = mistakes;
  }
}

/** Asks the API; gives what its JSON says, or its text. A session that has ended leads to the login page. */
export async function api(path, { method = 'GET', body, signal } = {}) {
  const sent = { method, signal, credentials: 'same-origin', headers: { Accept: 'application/json' } };
  if (body instanceof Blob) {
    sent.body = body;
    sent.headers['Content-Type'] = 'application/java-archive';
  } else if (body !== undefined) {
    sent.body = JSON.stringify(body);
    sent.headers['Content-Type'] = 'application/json';
  }
  let answer;
  try {
    answer = await fetch(API + path, sent);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Refused(0, 'unreachable', 'The server does not answer. Is relata serve still running?', []);
  }
  if (answer.status === 401) {
    location.assign('/login?next=' + encodeURIComponent(location.pathname + location.search));
    return new Promise(() => {}); // the page is being left
  }
  const text = await answer.text();
  const json = (answer.headers.get('Content-Type') || '').includes('json');
  const value = json && text ? JSON.parse(text) : text;
  if (answer.ok) return value;
  const error = value?.error ?? {};
  throw new Refused(answer.status, error.code ?? 'error', error.message ?? `The server answered with status ${answer.status}.`, error.details ?? [], error.mistakes ?? []);
}

/** A path with its parts encoded: at`/runs/${id}`. */
export const at = (strings, ...values) => String.raw({ raw: strings }, ...values.map((v) => encodeURIComponent(v)));

/** Words after the question mark; empty ones are left out. */
export function query(words) {
  const given = Object.entries(words).filter(([, v]) => v !== '' && v !== undefined && v !== null && v !== false);
  return given.length ? '?' + new URLSearchParams(given).toString() : '';
}

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element. Texts go in as text, never as markup. */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function s(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'selected') element[key] = value;
    else element.setAttribute(key === 'className' ? 'class' : key, value === true ? '' : String(value));
  }
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false).map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

export const $ = (selector, root = document) => root.querySelector(selector);

/** What people call a control. */
const called = (control) => control.getAttribute('aria-label') ?? control.labels?.[0]?.textContent ?? control.textContent;

/** Shows these and nothing else. Whoever is at a control stays at the one of its name, if there is one again. */
export function show(place, ...children) {
  const at = document.activeElement;
  const inside = at && at !== place && place.contains(at) ? { tag: at.tagName, name: called(at) } : null;
  place.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  if (inside && !place.contains(document.activeElement)) [...place.querySelectorAll(inside.tag)].find((e) => called(e) === inside.name)?.focus({ preventScroll: true });
  return place;
}

export const page = document.documentElement.dataset;

const LEVEL = { viewer: 0, runner: 1, operator: 2 };

/** True if who is logged in may do what this role may. */
export const may = (role) => (LEVEL[page.role] ?? 0) >= LEVEL[role];

const number = new Map();

/** A number as people read it, with so many significant digits at most. */
export function num(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e12)) return value.toExponential(Math.max(0, digits - 2)).replace('e-', 'e−').replace('e+', 'e').replace('-', '−');
  const whole = Number.isInteger(value) || size >= 10 ** digits;
  const key = whole ? 'whole' : digits;
  if (!number.has(key)) number.set(key, new Intl.NumberFormat('en', whole ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits }));
  return number.get(key).format(value).replace('-', '−');
}

/** A figure: shares with four places, so that columns line up. */
export const figure = (value) => (value !== null && value !== undefined && Math.abs(value) <= 1 && !Number.isInteger(value) ? value.toFixed(4).replace('-', '−') : num(value));

export const percent = (share) => (Number.isFinite(share) ? (100 * share).toFixed(1) + ' %' : '–');

export function bytes(size) {
  if (!Number.isFinite(size)) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let i = 0;
  while (size >= 1000 && i < units.length - 1) {
    size /= 1000;
    i++;
  }
  return `${i === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[i]}`;
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment in the browser's zone. */
export function time(iso) {
  if (!iso) return '–';
  const moment = new Date(iso);
  return h('time', { datetime: iso, title: moment.toString() }, CLOCK.format(moment));
}

export const WORKED = 'The time in which it was worked on, not that in which it waited or stood still';

/** Notes when the server told how a run stands. */
export const told = (run) => Object.assign(run, { told: performance.now() });

/** Seconds in which a run was worked on: those that the server told, and since then, if it is at work. */
export const worked = (run) => run.worked + (run.status === 'running' || run.status === 'stopping' ? (performance.now() - run.told) / 1000 : 0);

export const badge = (status) => h('span', { class: 'badge ' + status }, status);

/** Says what went wrong, where it happened. */
export function trouble(error) {
  const details = error.details?.length ? h('ul', {}, error.details.map((d) => h('li', {}, d))) : null;
  return h('div', { class: 'note bad', role: 'alert' }, h('div', {}, error.message ?? String(error)), details);
}

/** There is nothing yet: what it would be, and what to do. */
export const empty = (title, text, ...actions) =>
  h('div', { class: 'empty' }, h('h2', {}, title), h('p', {}, text), actions.length ? h('div', { class: 'actions' }, actions) : null);

export const busy = (text = 'Loading …') => h('p', { class: 'spinner', role: 'status' }, text);

const asked = new WeakMap();

/** Shows what a promise brings, or why it did not; nothing if something else was asked for at this place meanwhile. */
export async function into(place, promise, render) {
  const mine = (asked.get(place) ?? 0) + 1;
  asked.set(place, mine);
  try {
    const value = await promise;
    if (asked.get(place) !== mine) return undefined;
    show(place, render ? render(value) : value);
    return value;
  } catch (e) {
    if (e.name === 'AbortError' || asked.get(place) !== mine) return undefined;
    if (!(e instanceof Refused)) console.error(e);
    show(place, trouble(e));
    return undefined;
  }
}

/** Tells those who cannot see it. */
export function say(text) {
  const live = $('#said');
  if (live) live.textContent = text;
}

/** Asks before something is lost. */
export function sure(question, doIt) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { 'aria-label': question },
      h('p', {}, question),
      h('form', { method: 'dialog', class: 'actions' },
        h('button', { value: 'yes', class: 'danger' }, doIt),
        h('button', { value: 'no', autofocus: true }, 'Cancel')));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A button that is busy while it works, and says what went wrong below itself. */
export function action(label, work, props = {}) {
  const button = h('button', { type: 'button', ...props }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.parentElement?.querySelector(':scope > .note')?.remove();
    try {
      await work();
    } catch (e) {
      if (!(e instanceof Refused)) console.error(e);
      button.parentElement?.append(trouble(e));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

/** A table of rows; columns are [title, cell of a row, {n: number, key: what to sort by}]. */
export function table(columns, rows, { caption, className } = {}) {
  let order = null;
  const body = h('tbody');
  const heads = columns.map(([title, , how = {}], i) => {
    const head = h('th', { scope: 'col', class: how.n ? 'n' : undefined }, how.key ? h('button', { type: 'button', onclick: () => sort(i) }, title) : title);
    if (how.key) head.setAttribute('aria-sort', 'none');
    return head;
  });
  const draw = () => {
    let shown = rows;
    if (order) {
      const key = columns[order.by][2].key;
      shown = [...rows].sort((a, b) => (order.up ? 1 : -1) * compare(key(a), key(b)));
    }
    show(body, shown.map((row) => h('tr', {}, columns.map(([title, cell, how = {}]) => h('td', { class: how.n ? 'n' : 'name', 'data-of': title }, cell(row))))));
  };
  const sort = (i) => {
    order = { by: i, up: order?.by === i ? !order.up : !columns[i][2].n };
    heads.forEach((head, k) => head.hasAttribute('aria-sort') && head.setAttribute('aria-sort', k !== i ? 'none' : order.up ? 'ascending' : 'descending'));
    draw();
  };
  draw();
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption ?? 'Table' },
    h('table', { class: className }, caption ? h('caption', { class: 'visually-hidden' }, caption) : null, h('thead', {}, h('tr', {}, heads)), body));
}

const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));

/** A labelled control. */
export function field(label, control, hint) {
  control.id ||= 'c' + Math.random().toString(36).slice(2);
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control, hint ? h('span', { class: 'hint' }, hint) : null);
}

/** A choice; options are texts or [value, text]. */
export const choice = (options, value, onchange) =>
  h('select', { onchange: (e) => onchange?.(e.target.value) }, options.map((o) => {
    const [v, text] = Array.isArray(o) ? o : [o, o];
    return h('option', { value: v, selected: v === value }, text);
  }));

/** Colours that can be told apart, for so many series; lighter on dark ground. */
export function colours(n) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const first = dark
    ? ['#8fb0ff', '#ffb46b', '#6fd699', '#ff9d94', '#d3a6f5', '#e6cf63', '#6fd3e0', '#f59ccb', '#b7c4d6', '#a9d977']
    : ['#2556c8', '#c25e00', '#17803f', '#c4302b', '#7b3fb5', '#8a7000', '#007a8a', '#c02f80', '#56606f', '#4f8a10'];
  return Array.from({ length: n }, (_, i) => first[i] ?? `hsl(${Math.round((i * 137.5) % 360)} ${dark ? '65% 72%' : '65% 38%'})`);
}

/** Draws anew when light turns to dark. */
export const onScheme = (work) => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', work);

for (const moment of document.querySelectorAll('time[datetime]')) moment.textContent = CLOCK.format(new Date(moment.dateTime));
const menu = $('.menu-button');
menu?.addEventListener('click', () => menu.setAttribute('aria-expanded', String($('.menu').classList.toggle('open'))));
$('#logout')?.addEventListener('submit', () => say('Logging out'));
