// What comes by and by: the server's events, and calls that are not made too often.
import { API, api } from './core.js';

/** Server-sent events: a function for each kind. Goes on by itself after an interruption, and then asks again for what was missed. */
export function listen(path, handlers, again) {
  let source;
  let missed = false;
  const open = () => {
    // a page that nobody has looked at yet misses what comes until then
    if (document.hidden) missed = true;
    if (document.hidden || (source && source.readyState !== EventSource.CLOSED)) return;
    source = new EventSource(API + path);
    for (const [kind, handler] of Object.entries(handlers))
      source.addEventListener(kind, (event) => handler(event.data ? JSON.parse(event.data) : undefined));
    source.onopen = () => {
      if (missed) again();
      missed = false;
    };
    source.onerror = () => {
      missed = true;
      // refused: a session that has ended leads to the login page, all else is tried again
      if (source.readyState === EventSource.CLOSED) api('/me').catch(() => {}).then(() => setTimeout(open, 3000));
    };
  };
  const close = () => {
    source?.close();
    missed = true;
  };
  // a browser has few connections to a server, for all its tabs together
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  open();
}

/** Calls once nothing has come for so many milliseconds: for what is typed. */
export function calm(work, pause = 400) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(work, pause, ...args);
  };
}

/** Calls at most once in so many milliseconds, however much comes: for what is told. */
export function steady(work, pause = 400) {
  let timer;
  let latest;
  return (...args) => {
    latest = args;
    timer ??= setTimeout(() => {
      timer = undefined;
      work(...latest);
    }, pause);
  };
}
