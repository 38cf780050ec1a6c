// Keeps a form on the server while it is typed: within three seconds of typing, at once on every field left, and when the
// page is hidden or closed. Plain HTTP, so that it goes on while the circuit is away. Owns no data: what is sent is read
// from the page at the moment of sending.
import { prepare, send, SignedOut } from '/send.js';

const writer = Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(36)).join('');
let sequence = 0;

/** The server read the form and says in a sentence why it does not keep it. */
class Refused extends Error { }

/**
 * read() returns what is to be kept, or null when nothing can be read now; show(state, text) says how it went.
 * over(id, entry, version) is told when the form was ended elsewhere, by the save that made the entry.
 * @returns {{flush: () => Promise<boolean>, settled: () => void, stop: () => void}}
 */
export function keepForm(root, read, show, over) {
  let changed = 0, kept = 0, first = 0, timer = 0, running = null, wait = 0, stopped = false;

  function mark(delay) {
    if (stopped) return;
    changed++;
    first ||= Date.now();
    // However fast somebody types on, the first letter does not wait longer than two and a half seconds.
    later(Math.max(0, Math.min(delay, first + 2500 - Date.now())));
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  }

  async function attempt(keepalive = false) {
    const form = read();
    if (!form) return null;
    const upTo = changed;
    first = 0;
    sequence = Math.max(sequence + 1, Date.now());
    try {
      const { id, ...body } = form;
      const answer = await send('POST', `/drafts/${id}`, { ...body, writer, sequence }, { keepalive, signal: keepalive ? undefined : AbortSignal.timeout(20000) });
      if (answer.status === 422) throw new Refused(await answer.text());
      if (!answer.ok) throw new Error(`${answer.status}`);
      const { at, ended, entry, version } = await answer.json();
      if (ended) {
        // Its entry was saved meanwhile. What was typed since belongs to that entry, under a new name.
        over?.(id, entry, version);
        if (entry) later(300); else kept = changed;
        return !entry;
      }
      kept = Math.max(kept, upTo);
      wait = 0;
      if (at && !stopped) show('saved', `草稿已保存 ${at}`);
      return true;
    } catch (error) {
      if (stopped) return true;
      wait = Math.min((wait || 1500) * 2, 15000);
      // What the server refuses it refuses again until something is changed.
      if (error instanceof Refused) {
        show('failed', error.message);
        return false;
      }
      show('failed', error instanceof SignedOut ? '登录已过期：请在新窗口重新登录，本页内容会接着保存' : '暂时连不上服务器，连上后自动保存；请不要关闭本页');
      later(wait);
      return false;
    }
  }

  async function flush() {
    clearTimeout(timer);
    while (running) await running;
    // Left for another page: what was typed was sent before that, or given up.
    if (changed === kept || stopped || !root.isConnected) return true;
    show('saving', '正在保存草稿……');
    running = attempt();
    const done = await running.finally(() => { running = null; });
    // Nothing can be read while a question stands in the form's place.
    return done === null ? true : done && changed > kept ? flush() : done;
  }

  // A page that goes cannot wait for an answer; the browser delivers the request after it.
  function goodbye() {
    if (changed > kept && !stopped && root.isConnected) attempt(true);
  }

  prepare();
  const life = new AbortController();
  const until = { signal: life.signal };
  root.addEventListener('input', () => mark(1200), until);
  root.addEventListener('change', () => mark(250), until);
  root.addEventListener('focusout', () => { if (changed > kept) later(250); }, until);
  document.addEventListener('visibilitychange', () => {
    if (!root.isConnected) return life.abort();
    if (document.visibilityState === 'hidden') goodbye();
  }, until);
  addEventListener('pagehide', goodbye, until);
  addEventListener('online', () => { if (changed > kept) later(0); }, until);
  addEventListener('beforeunload', event => {
    if (!root.isConnected || changed === kept || stopped || wait === 0) return;
    event.preventDefault();
  }, until);

  return {
    flush: () => Promise.race([flush(), new Promise(done => setTimeout(done, 6000, false))]),
    settled() { kept = changed; first = 0; clearTimeout(timer); },
    stop() { stopped = true; clearTimeout(timer); life.abort(); },
  };
}

/** A random name as the server knows them. crypto.randomUUID is there only with https, which a town's network may not have. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
