// Sends a file in pieces over plain HTTP and goes on where it stopped: after a broken connection, after a restart of the
// server, after the circuit is lost. The server knows how far a file is; this script asks it and sends the rest.
import { send, SignedOut } from '/send.js';
import { newId } from '/keep.js';

const Piece = 1 << 20;

/** The server, or the file itself, says no; the message says why. Trying again by itself would not help. */
export class Refused extends Error {}

/**
 * Uploads a file to a place ({entry, form, ledger, field}); resolves when it hangs there. Broken connections are waited
 * out, however long, unless the caller is not patient and tries again himself. onState(words) says what is being waited for.
 */
export async function upload(file, place, { id = remembered(file, place), patient = true, onProgress = () => {}, onState = () => {}, signal } = {}) {
  let hash = null;
  for (let wait = 500; ;) {
    try {
      const begun = await ask('POST', `/uploads/${id}`, { ...place, name: file.name || 'photo.jpg', size: file.size }, { signal });
      let { offset, done } = begun;
      while (!done) {
        onProgress(offset / file.size);
        if (offset < file.size) {
          const bytes = await piece(file, offset);
          ({ offset, done } = await ask('PUT', `/uploads/${id}?offset=${offset}`, bytes, { signal, type: 'application/octet-stream' }));
          onState('');
          wait = 500;
        } else {
          hash ??= await sha256(file);
          ({ offset, done } = await ask('POST', `/uploads/${id}/finish`, { sha256: hash }, { signal }));
        }
      }
      forget(file, place);
      onProgress(1);
      return;
    } catch (error) {
      if (signal?.aborted) {
        forget(file, place);
        send('DELETE', `/uploads/${id}`).catch(() => {});
        throw error;
      }
      if (error instanceof Refused || !patient) throw error;
      onState(error instanceof SignedOut ? '登录已过期，重新登录后继续' : '网络中断，恢复后继续');
      await pause(wait, signal);
      wait = Math.min(wait * 2, 8000);
    }
  }
}

async function ask(method, address, body, options) {
  const answer = await send(method, address, body, options);
  if (answer.status === 422 || answer.status === 413) throw new Refused(await answer.text());
  // 404: the server forgot the upload, for instance with its data folder; beginning anew is what helps.
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function piece(file, offset) {
  try {
    return await file.slice(offset, offset + Piece).arrayBuffer();
  } catch {
    throw new Refused('文件读不到了，请重新选择。');
  }
}

function pause(milliseconds, signal) {
  return new Promise(done => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', () => { clearTimeout(timer); done(); });
    addEventListener('online', done, { once: true });
  });
}

// The same file chosen again after the page was reloaded goes on where it was.
const nameOf = (file, place) => `upload:${place.entry ?? place.form}:${place.field}:${file.name}:${file.size}:${file.lastModified}`;

function remembered(file, place) {
  const name = nameOf(file, place);
  const id = sessionStorage.getItem(name) ?? newId();
  sessionStorage.setItem(name, id);
  return id;
}

const forget = (file, place) => sessionStorage.removeItem(nameOf(file, place));

/** SHA-256 of a file, read in pieces (FIPS 180-4). The browser's own is there only with https, and wants the whole file at once. */
export async function sha256(file) {
  const state = new Int32Array(Initial), block = new Uint8Array(64), words = new Int32Array(64);
  let filled = 0;
  const feed = bytes => {
    for (let at = 0; at < bytes.length;) {
      const take = Math.min(64 - filled, bytes.length - at);
      block.set(bytes.subarray(at, at + take), filled);
      at += take;
      filled += take;
      if (filled === 64) { compress(state, block, words); filled = 0; }
    }
  };
  for (let offset = 0; offset < file.size; offset += Piece) feed(new Uint8Array(await piece(file, offset)));
  const end = new Uint8Array((filled < 56 ? 64 : 128) - filled);
  end[0] = 0x80;
  new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(file.size) * 8n);
  feed(end);
  return Array.from(state, word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
const fraction = root => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const Initial = primes.slice(0, 8).map(p => fraction(Math.sqrt(p)));
const Rounds = primes.map(p => fraction(Math.cbrt(p)));
const turn = (x, n) => x >>> n | x << 32 - n;

function compress(state, block, w) {
  const view = new DataView(block.buffer);
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(i * 4);
  for (let i = 16; i < 64; i++) {
    const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >>> 3;
    const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >>> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + Rounds[i] + w[i] | 0;
    const t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, d + t1 | 0, c, b, a, t1 + t2 | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = state[i] + word | 0; });
}
