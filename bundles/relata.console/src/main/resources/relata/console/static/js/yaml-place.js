// Where a cursor stands in a recipe's YAML: which key of which mapping. Written for text that is still being typed, so it takes what it finds.

/**
 * The place at the end of a text.
 *
 * @returns {{path: Array<{key: string|number, use: string|undefined}>, typing: 'key'|'value', word: string, seen: string[]}}
 *   path from the root (with the `use` of the mapping that holds each key), what is being typed, and the keys that its mapping has already
 */
export function placeAt(text) {
  const stack = [frame('map', 0)];
  const lines = text.split('\n');
  lines.forEach((line, i) => take(stack, line, i === lines.length - 1));
  const top = stack.at(-1);
  const path = stack.slice(0, -1).map((f) => ({ key: f.kind === 'map' ? f.key : f.index, use: f.values.use }));
  if (top.typing === 'value') {
    path.push({ key: top.kind === 'map' ? top.key : top.index, use: top.values.use });
    return { path, typing: 'value', word: top.word, seen: [], use: top.values.use };
  }
  return { path, typing: 'key', word: top.word, seen: top.keys, use: top.values.use };
}

function frame(kind, indent, flow = false) {
  return { kind, indent, flow, key: null, index: -1, keys: [], values: {}, typing: kind === 'map' ? 'key' : 'value', word: '' };
}

function take(stack, raw, last) {
  const line = bare(raw);
  if (stack.at(-1).flow) return flow(stack, line, last);
  const content = line.trimStart();
  if (!content && !last) return undefined;
  return block(stack, line, line.length - content.length, content, last);
}

function block(stack, line, indent, content, last) {
  const item = /^-(\s+|$)/.exec(content);
  while (stack.length > 1 && (indent < stack.at(-1).indent || (indent === stack.at(-1).indent && stack.at(-1).kind === 'seq' && !item))) stack.pop();
  let top = stack.at(-1);
  if (item) {
    if (!(top.kind === 'seq' && top.indent === indent)) {
      top = frame('seq', indent);
      stack.push(top);
    }
    top.index++;
    top.word = '';
    return block(stack, line, indent + item[0].length, content.slice(item[0].length), last);
  }
  if (indent > top.indent || top.kind === 'seq') {
    if (top.kind === 'seq' && !/^[\w.-]+\s*:/.test(content) && !last) return flowOrScalar(stack, content, last);
    if (top.kind === 'seq' && /^[[{]/.test(content)) return flowOrScalar(stack, content, last);
    if (top.key !== null || top.kind === 'seq') {
      top = frame('map', indent);
      stack.push(top);
    }
  }
  const pair = /^([\w.-]+)\s*:(\s+|$)/.exec(content);
  if (!pair) {
    top.typing = 'key';
    top.word = content;
    top.list = stack.at(-2)?.kind === 'seq' && top.keys.length === 0;
    return undefined;
  }
  enter(top, pair[1]);
  return flowOrScalar(stack, content.slice(pair[0].length), last);
}

function enter(top, key) {
  top.key = key;
  top.keys.push(key);
  top.typing = 'key';
  top.word = '';
}

function flowOrScalar(stack, value, last) {
  const top = stack.at(-1);
  if (/^[[{]/.test(value)) return flow(stack, value, last);
  if (top.kind === 'map' && value) top.values[top.key] = value.trim().replace(/^["']|["']$/g, '');
  top.typing = last ? 'value' : top.kind === 'map' ? 'key' : 'value';
  top.word = last ? value : '';
  return undefined;
}

/** Braces and brackets, which may go over several lines. */
function flow(stack, line, last) {
  let word = '';
  const settle = () => {
    const top = stack.at(-1);
    if (top.flow && top.kind === 'map' && top.typing === 'value') top.values[top.key] = word.trim();
    word = '';
  };
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    const top = stack.at(-1);
    if (c === '{' || c === '[') {
      if (top.flow && top.kind === 'seq' && top.index < 0) top.index = 0;
      const inner = frame(c === '{' ? 'map' : 'seq', 0, true);
      if (inner.kind === 'seq') inner.index = 0;
      stack.push(inner);
      word = '';
    } else if (c === '}' || c === ']') {
      settle();
      if (stack.length > 1 && top.flow) stack.pop();
    } else if (c === ',' && top.flow) {
      settle();
      if (top.kind === 'map') top.typing = 'key';
      else top.index++;
    } else if (c === ':' && top.flow && top.kind === 'map' && top.typing === 'key' && /\s|$/.test(line[i + 1] ?? '')) {
      enter(top, word.trim());
      top.typing = 'value';
      word = '';
    } else word += c;
  }
  const top = stack.at(-1);
  if (last) top.word = word.trimStart();
}

/** Without its comment. */
function bare(line) {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quote) quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = /[\s,[{:]/.test(line[i - 1] ?? ' ') ? c : '';
    else if (c === '#' && (i === 0 || /\s/.test(line[i - 1]))) return line.slice(0, i);
  }
  return line;
}
