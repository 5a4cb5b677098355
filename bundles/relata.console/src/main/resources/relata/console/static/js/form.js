// The form beside the editor: every setting of every part that the recipe names, made from their records. What is changed in it is set by path, as -D does.
import { h, show } from './core.js';

export class Form {
  constructor(place, schema, changed) {
    this.place = place;
    this.schema = schema;
    this.changed = changed;
    this.overrides = new Map();
    this.open = new Set(['corpus', 'encoder']);
  }

  /** Shows the settings of a recipe, given as what its YAML holds. */
  draw(recipe) {
    this.recipe = recipe ?? {};
    const top = this.schema.root.properties;
    const scalars = ['title', 'seed'].filter((k) => top[k]).map((k) => this.setting(k, k, top[k], this.recipe[k], false));
    const parts = Object.entries(top).filter(([k, s]) => this.schema.kind(s) && k !== 'stages').map(([k, s]) => this.part(k, k, s, this.recipe[k]));
    const stages = Object.entries(this.recipe.stages ?? {}).map(([name, stage]) => this.part(`stages.${name}`, name, { $ref: '#/$defs/stage' }, stage));
    show(this.place, scalars, parts, stages.length ? h('h3', {}, 'Stages') : null, stages);
  }

  part(path, name, schema, given, element = false) {
    const kind = this.schema.kind(schema);
    const { use: written, settings } = partOf(given ?? schema.default);
    const use = this.overrides.get(path) ?? written;
    const changed = this.overrides.has(path);
    const choices = this.schema.parts(kind);
    const known = choices.some((c) => c.name === use);
    const select = h('select', { 'aria-label': `${kind} of ${path}`, onchange: (e) => this.set(path, e.target.value === written ? '' : e.target.value, true) },
      known ? null : h('option', { value: use ?? '', selected: true }, use ? `${use} (not installed)` : 'none'),
      choices.map((c) => h('option', { value: c.name, selected: c.name === use, title: c.doc }, c.name)));
    const inner = this.schema.settings(kind, use);
    const at = changed ? {} : settings;
    const box = h('details', { open: this.open.has(path), ontoggle: () => (box.open ? this.open.add(path) : this.open.delete(path)) },
      h('summary', {}, element ? name : `${name}: `, h('span', { class: 'mono' }, use ?? 'none')),
      h('div', { class: `setting ${changed ? 'set' : ''}` }, h('span', {}, kind), select, doc(choices.find((c) => c.name === use)?.doc)),
      Object.entries(inner).map(([key, s]) => this.any(`${path}.with.${key}`, key, s, at[key], this.schema.required(kind, use).includes(key))));
    return box;
  }

  any(path, key, schema, given, required) {
    const list = this.list(schema);
    const value = given ?? schema.default;
    if (list && this.schema.kind(list)) {
      const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
      if (!items.length) return null;
      return items.map((item, i) => this.part(given === undefined ? path : Array.isArray(given) ? `${path}[${i}]` : path, items.length > 1 ? `${key} ${i + 1}` : key, list, item));
    }
    if (this.schema.kind(schema)) return this.part(path, key, schema, value);
    return this.setting(path, key, schema, given, required);
  }

  list(schema) {
    return schema.items ?? schema.anyOf?.find((s) => s.type === 'array')?.items;
  }

  setting(path, key, schema, given, required) {
    const flat = this.schema.flat(schema).filter((s) => s.type !== 'null');
    const nested = flat.find((s) => s.properties && !s.properties.use);
    if (nested) return h('details', {}, h('summary', {}, key), doc(schema.description), Object.entries(nested.properties).map(([k, s]) => this.any(`${path}.${k}`, k, s, given?.[k], false)));
    const id = 'form-' + path.replace(/[^\w-]/g, '-');
    const now = this.overrides.get(path);
    const standard = text(schema.default);
    const choices = flat.some((s) => s.type === 'boolean') && flat.length === 1 ? ['true', 'false'] : flat.find((s) => s.enum)?.enum;
    const changed = (e) => this.set(path, e.target.value === text(given) ? '' : e.target.value, false, e.target.closest('.setting'));
    const value = now ?? text(given);
    const control = choices
      ? h('select', { id, onchange: changed }, [h('option', { value: '', selected: value === '' }, standard ? `${standard} (default)` : '–'), ...choices.map((c) => h('option', { value: String(c), selected: String(c) === value }, String(c)))])
      : h('input', { id, value, placeholder: standard ? `${standard} (default)` : required ? 'required' : '', inputmode: flat.some((s) => s.type === 'number' || s.type === 'integer') ? 'decimal' : undefined, autocomplete: 'off', onchange: changed });
    return h('div', { class: `setting ${now !== undefined ? 'set' : ''}`, 'data-path': path }, h('label', { for: id }, key), control, doc([schema.description, range(flat[0])].filter(Boolean).join(' ')));
  }

  set(path, value, redraw, row) {
    if (value === '') this.overrides.delete(path);
    else this.overrides.set(path, value);
    if (redraw) for (const other of [...this.overrides.keys()]) if (other.startsWith(path + '.with.')) this.overrides.delete(other);
    row?.classList.toggle('set', value !== '');
    this.changed();
    if (redraw) {
      this.open.add(path);
      this.draw(this.recipe);
    }
  }
}

const doc = (words) => (words ? h('span', { class: 'hint' }, words) : null);

const text = (value) => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function partOf(given) {
  if (given === null || given === undefined) return { use: undefined, settings: {} };
  if (typeof given !== 'object') return { use: String(given), settings: {} };
  return { use: given.use, settings: given.with ?? {} };
}

function range(schema) {
  if (!schema) return '';
  const low = schema.minimum !== undefined ? `[${schema.minimum}` : schema.exclusiveMinimum !== undefined ? `(${schema.exclusiveMinimum}` : '';
  const high = schema.maximum !== undefined ? `${schema.maximum}]` : schema.exclusiveMaximum !== undefined ? `${schema.exclusiveMaximum})` : '';
  if (!low && !high) return '';
  return `In ${low || '(−∞'}, ${high || '∞)'}.`;
}
