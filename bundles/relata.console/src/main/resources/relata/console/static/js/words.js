// Sentences with what matters in them marked: the two entities, the path between them, words that were changed.
import { h, s } from './core.js';

/** A sentence of tokens; head and tail are lists of [from, to), path and changed are sets of token indices. */
export function marked(tokens, { head, tail, path, changed } = {}) {
  const out = [];
  tokens.forEach((token, i) => {
    const marks = [inside(head, i) && 'head', inside(tail, i) && 'tail', path?.has(i) && 'path', changed?.has(i) && 'changed'].filter(Boolean);
    const title = [inside(head, i) && 'first entity', inside(tail, i) && 'second entity', path?.has(i) && 'kept', changed?.has(i) && 'changed'].filter(Boolean).join(', ');
    if (i) out.push(' ');
    out.push(marks.length ? h('span', { class: marks.join(' '), title }, token) : token);
  });
  return h('div', { class: 'sentence' }, out);
}

const inside = (spans, i) => spans?.some(([from, to]) => i >= from && i < to) ?? false;

/** A sentence as the API shows it. */
export const shown = (sentence, marks = {}) => marked(sentence.tokens, { head: sentence.head, tail: sentence.tail, ...marks });

/** Where the tokens of a sentence that are in another too stand there. */
export function follow(a, b) {
  const { left, right } = differences(a, b);
  const there = b.map((_, j) => j).filter((j) => !right.has(j));
  return new Map(a.map((_, i) => i).filter((i) => !left.has(i)).map((i, k) => [i, there[k]]));
}

/** Which tokens of each of two sentences are not in the other, by their longest common subsequence. */
export function differences(a, b) {
  const n = a.length;
  const m = b.length;
  const most = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
  for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--) most[i][j] = a[i] === b[j] ? most[i + 1][j + 1] + 1 : Math.max(most[i + 1][j], most[i][j + 1]);
  const left = new Set();
  const right = new Set();
  let i = 0;
  let j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && a[i] === b[j]) { i++; j++; } else if (j >= m || (i < n && most[i + 1][j] >= most[i][j + 1])) left.add(i++);
    else right.add(j++);
  }
  return { left, right };
}

export const key = (...kinds) => h('div', { class: 'key' }, kinds.map(([k, words]) => h('span', {}, h('span', { class: k }, words))));

/** Dependency arcs above a sentence: for each token its head, -1 for a root, and the label of its arc. */
export function arcs(tokens, { heads, labels }, { head, tail, path } = {}) {
  const canvas = document.createElement('canvas').getContext('2d');
  canvas.font = '14px system-ui, sans-serif';
  let x = 12;
  const middle = tokens.map((token) => {
    const width = Math.max(canvas.measureText(token).width * 1.08, 26);
    const at = x + width / 2;
    x += width + 14;
    return at;
  });
  const real = heads.map((from, to) => ({ from, to, label: labels[to] })).filter((e) => e.from >= 0).sort((a, b) => Math.abs(a.from - a.to) - Math.abs(b.from - b.to));
  const level = new Map();
  for (const e of real) {
    const [l, r] = [Math.min(e.from, e.to), Math.max(e.from, e.to)];
    level.set(e, 1 + Math.max(0, ...real.filter((o) => level.has(o) && Math.min(o.from, o.to) >= l && Math.max(o.from, o.to) <= r).map((o) => level.get(o))));
  }
  const step = 24;
  const height = Math.max(0, ...level.values()) * step + 22;
  const on = (e) => path && path.has(e.from) && path.has(e.to);
  return h('div', { class: 'arcs scroll', tabindex: 0, role: 'region', 'aria-label': 'Dependency tree' }, s('svg', { width: x, height: height + 30, role: 'img', 'aria-label': real.map((e) => `${tokens[e.to]} ${e.label ?? ''} of ${tokens[e.from]}`).join('; ') },
    real.map((e) => {
      const y = height - level.get(e) * step;
      const right = e.to > e.from;
      const x1 = middle[e.from] + (right ? 4 : -4);
      const x2 = middle[e.to] + (right ? -4 : 4);
      const bend = Math.min(14, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
      return s('g', { class: on(e) ? 'path' : undefined },
        s('path', { d: `M${x1} ${height}V${y + 8}Q${x1} ${y} ${x1 + bend} ${y}H${x2 - bend}Q${x2} ${y} ${x2} ${y + 8}V${height - 2}m-3.5 -6l3.5 6l3.5 -6` }),
        s('text', { class: 'rel', x: (x1 + x2) / 2, y: y - 3, 'text-anchor': 'middle' }, e.label ?? ''));
    }),
    tokens.map((token, i) => s('text', { x: middle[i], y: height + 18, 'text-anchor': 'middle', class: inside(head, i) ? 'head' : inside(tail, i) ? 'tail' : undefined }, token))));
}
