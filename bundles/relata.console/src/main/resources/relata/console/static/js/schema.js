// The generated schema of recipes, asked by the editor's completion and by the form.

export class Schema {
  constructor(root) {
    this.root = root;
  }

  /** What a schema stands for: references followed, alternatives apart. */
  flat(schema, depth = 0) {
    if (!schema || depth > 12) return [];
    if (schema.$ref) return this.flat(this.root.$defs[schema.$ref.split('/').pop()], depth + 1);
    if (schema.anyOf) return schema.anyOf.flatMap((s) => this.flat(s, depth + 1));
    return [schema];
  }

  /** The kind that a setting takes a part of, or an empty text. */
  kind(schema) {
    if (!schema) return '';
    if (schema.$ref) {
      const name = schema.$ref.split('/').pop();
      return name.includes('.') ? '' : name;
    }
    return (schema.anyOf ?? []).map((s) => this.kind(s)).find(Boolean) ?? '';
  }

  /** The parts of a kind with what they are for. */
  parts(kind) {
    return (this.root.$defs[kind]?.anyOf ?? []).flatMap((s) => (s.properties?.use?.const ? [{ name: s.properties.use.const, doc: s.properties.use.description ?? '' }] : []));
  }

  /** The settings of a part: name -> schema. */
  settings(kind, name) {
    return this.root.$defs[`${kind}.${name}`]?.properties ?? {};
  }

  required(kind, name) {
    const choice = (this.root.$defs[kind]?.anyOf ?? []).find((s) => s.properties?.use?.const === name);
    return choice?.properties.with.required ?? [];
  }

  /** The schemas below a path. */
  below(path) {
    let here = [this.root];
    for (const { key, use } of path) {
      if (typeof key === 'number') here = here.flatMap((s) => (s.items ? this.flat(s.items) : [s]));
      else {
        if (use !== undefined && key !== 'use') here = here.filter((s) => !s.properties?.use?.const || s.properties.use.const === use);
        here = here.flatMap((s) => this.flat(s.properties?.[key] ?? (typeof s.additionalProperties === 'object' ? s.additionalProperties : null)));
      }
    }
    return here;
  }

  /** What may be typed at a place: texts with a word about each. */
  offers({ path, typing, seen, use }) {
    const found = new Map();
    const offer = (text, doc, insert) => found.has(text) || found.set(text, { text, doc: doc ?? '', insert: insert ?? text });
    let here = this.below(path);
    if (typing === 'key') {
      if (use !== undefined) here = here.filter((s) => !s.properties?.use?.const || s.properties.use.const === use);
      for (const s of here.flatMap((x) => (x.items ? this.flat(x.items) : [x])))
        for (const [key, of] of Object.entries(s.properties ?? {})) if (!seen.includes(key)) offer(key, key === 'use' || key === 'with' ? '' : of.description, key + ': ');
    }
    if (typing === 'value')
      for (const s of here.flatMap((x) => (x.items ? [x, ...this.flat(x.items)] : [x]))) {
        if (s.const !== undefined) offer(String(s.const), s.description);
        for (const v of s.enum ?? []) offer(String(v));
        if (s.type === 'boolean') ['true', 'false'].forEach((v) => offer(v));
        if (s.properties?.use?.const) offer(s.properties.use.const, s.properties.use.description);
      }
    return [...found.values()];
  }
}
