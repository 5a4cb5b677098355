// The editor of recipes: a text area with line numbers and completion from the schema. It stays a text area, for keyboards and screen readers.
import { h, show, say } from './core.js';
import { placeAt } from './yaml-place.js';

export class Editor {
  constructor(place, schema, changed) {
    this.schema = schema;
    this.changed = changed;
    this.wrong = new Set();
    this.lines = h('div', { class: 'lines', 'aria-hidden': 'true' });
    this.area = h('textarea', {
      class: 'code', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', 'aria-label': 'Recipe in YAML', 'aria-autocomplete': 'list', 'aria-describedby': 'editor-help',
      oninput: () => this.typed(), onscroll: () => this.scrolled(), onkeydown: (e) => this.key(e), onblur: () => setTimeout(() => this.close(), 150), onclick: () => this.close(),
    });
    this.list = h('ul', { class: 'completions', role: 'listbox', id: 'completions', 'aria-label': 'Completions', hidden: true });
    this.box = h('div', { class: 'editor' }, this.lines, this.area, this.list);
    show(place, this.box, h('p', { class: 'hint', id: 'editor-help' }, 'Ctrl+Space offers what fits here; arrows choose, Enter takes, Escape leaves. Tab moves on.'));
    this.offers = [];
  }

  get text() {
    return this.area.value;
  }

  set text(text) {
    this.area.value = text;
    this.wrong.clear();
    this.number();
    this.changed();
  }

  /** Marks lines that have mistakes. */
  mark(lines) {
    this.wrong = new Set(lines);
    this.number();
  }

  go(line) {
    const start = this.text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const end = this.text.indexOf('\n', start);
    this.area.focus();
    this.area.setSelectionRange(start, end < 0 ? this.text.length : end);
    this.area.scrollTop = Math.max(0, (line - 6) * this.height());
  }

  height() {
    return parseFloat(getComputedStyle(this.area).lineHeight);
  }

  number() {
    const n = this.text.split('\n').length;
    show(this.lines, Array.from({ length: n }, (_, i) => h('div', { class: this.wrong.has(i + 1) ? 'wrong' : undefined }, String(i + 1))));
    this.scrolled();
  }

  scrolled() {
    this.lines.scrollTop = this.area.scrollTop;
    if (!this.list.hidden) this.place();
  }

  typed() {
    this.number();
    this.changed();
    if (/[\w.-]$|: $|[{[] ?$/.test(this.before().split('\n').at(-1))) this.complete(false);
  }

  before() {
    return this.text.slice(0, this.area.selectionStart);
  }

  complete(asked) {
    const place = placeAt(this.before());
    const word = place.word.trim().toLowerCase();
    let offers = this.schema.offers(place);
    if (place.typing === 'key' && place.path.length && typeof place.path.at(-1).key === 'number') offers = [...offers, ...this.schema.offers({ ...place, typing: 'value' })];
    offers = offers.filter((o) => o.text.toLowerCase().includes(word)).sort((a, b) => b.text.toLowerCase().startsWith(word) - a.text.toLowerCase().startsWith(word));
    if (!offers.length || (!asked && offers.length === 1 && offers[0].text === place.word.trim())) {
      if (asked) say('Nothing is known to fit here');
      return this.close();
    }
    this.offers = offers.slice(0, 60);
    this.word = place.word.trim();
    // what is whole already is left by Enter, also where longer words begin like it
    const whole = offers.some((o) => o.text === place.word.trim());
    this.at = asked || (word && !whole) ? 0 : -1;
    return this.open();
  }

  open() {
    show(this.list, this.offers.map((o, i) => h('li', { role: 'option', id: `completion-${i}`, 'aria-selected': String(i === this.at), onmousedown: (e) => { e.preventDefault(); this.at = i; this.take(); } }, o.text, o.doc ? h('small', {}, o.doc) : null)));
    this.list.hidden = false;
    this.place();
    this.area.setAttribute('aria-controls', 'completions');
    this.point();
  }

  /** Puts the list below the word that is typed, or above it where there is no room. */
  place() {
    const lines = this.before().split('\n');
    const style = getComputedStyle(this.area);
    const canvas = (this.canvas ??= document.createElement('canvas').getContext('2d'));
    canvas.font = style.font;
    const left = this.area.offsetLeft + parseFloat(style.paddingLeft) + canvas.measureText(lines.at(-1)).width - this.area.scrollLeft;
    const top = lines.length * this.height() + parseFloat(style.paddingTop) - this.area.scrollTop + 2;
    const below = this.box.clientHeight - top;
    this.list.style.left = `${Math.max(8, Math.min(left, this.box.clientWidth - this.list.offsetWidth - 8))}px`;
    this.list.style.maxHeight = `${Math.max(below, 140) - 6}px`;
    this.list.style.top = `${below >= 140 ? top : Math.max(4, top - this.height() - this.list.offsetHeight - 6)}px`;
  }

  point() {
    [...this.list.children].forEach((li, i) => li.setAttribute('aria-selected', String(i === this.at)));
    const li = this.list.children[this.at];
    if (!li) return this.area.removeAttribute('aria-activedescendant');
    li.scrollIntoView({ block: 'nearest' });
    return this.area.setAttribute('aria-activedescendant', li.id);
  }

  close() {
    this.list.hidden = true;
    this.offers = [];
    this.area.removeAttribute('aria-activedescendant');
  }

  take() {
    const offer = this.offers[Math.max(0, this.at)];
    const end = this.area.selectionStart;
    this.area.setRangeText(offer.insert, end - this.word.length, end, 'end');
    this.close();
    this.number();
    this.changed();
    if (offer.insert.endsWith(': ')) this.complete(false);
  }

  key(event) {
    if (event.ctrlKey && (event.code === 'Space' || event.key === ' ')) {
      event.preventDefault();
      return this.complete(true);
    }
    if (this.list.hidden) return event.key === 'Enter' ? this.enter(event) : undefined;
    const n = this.offers.length;
    const keys = {
      ArrowDown: () => { this.at = (this.at + 1) % n; this.point(); },
      ArrowUp: () => { this.at = (this.at + n - 1) % n; this.point(); },
      Escape: () => this.close(),
      Enter: () => (this.at >= 0 ? this.take() : this.enter(event)),
    };
    if (!keys[event.key]) return undefined;
    if (event.key !== 'Enter' || this.at >= 0) event.preventDefault();
    return keys[event.key]();
  }

  /** The next line begins below this one; deeper after a key without a value. */
  enter(event) {
    event.preventDefault();
    const line = this.before().split('\n').at(-1);
    const indent = /^\s*/.exec(line)[0] + (/:\s*$/.test(line) ? '  ' : /^\s*-\s+[\w.-]+:\s/.test(line) ? '  ' : '');
    this.area.setRangeText('\n' + indent, this.area.selectionStart, this.area.selectionEnd, 'end');
    this.close();
    this.typed();
  }
}
