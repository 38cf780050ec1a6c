// The phone's form without a circuit: keeps what is typed on the server and in the browser, sends it with its photos, and
// when there is no connection keeps it here until there is one. Each form has a name of its own under which the server takes
// it once, so trying again never makes a second entry. Owns no data beyond what is not on the server yet.
import { keepForm, newId } from '/keep.js';
import { send, SignedOut } from '/send.js';
import { upload, Refused } from '/upload.js';
import { watchSimilar } from '/quick-similar.js';
import * as box from '/outbox.js';

const page = document.querySelector('[data-quick]');
const person = Number(page.dataset.person);
const form = document.getElementById('quick');

// ---- What waits to be sent ----

let sending = null;

/** Sends all that waits; one round at a time. */
function sendWaiting() {
  return sending ??= rounds().finally(() => { sending = null; });
}

async function rounds() {
  for (const waiting of (await box.forms()).filter(record => record.act && !record.refused && record.person === person)) {
    try {
      await deliver(waiting);
    } catch (error) {
      if (error instanceof Stopped) await box.putForm({ ...waiting, refused: error.message });
      else break; // No connection, or not signed in: the rest would fare no better.
    }
    await showWaiting();
  }
  await showWaiting();
}

/** The server says no, and says why; sending it again by itself would not help. */
class Stopped extends Error {
  constructor(message, errors = []) { super(message); this.errors = errors; }
}

/** Photos first, so that they come along when the form becomes an entry. Returns the entry. */
async function deliver(record, loose = []) {
  const refused = [];
  for (const photo of [...await box.photos(record.form), ...loose]) {
    try {
      await upload(photo.file, { entry: null, form: record.form, ledger: record.ledger, field: photo.field }, { id: photo.id, patient: false });
      await box.dropPhoto(photo.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push(error.message);
    }
  }
  if (refused.length > 0) throw new Stopped(refused.join(''));
  const answer = await send('POST', `/quick/${record.ledger}/${record.form}`, { person: record.person, unit: record.unit, fields: record.fields, submit: record.act === 'submit' }, { signal: AbortSignal.timeout(30000) });
  if (answer.status === 422) {
    const { refusal, errors } = await answer.json();
    throw new Stopped(refusal ?? `有${errors.length}处需要修改`, errors ?? []);
  }
  if (answer.status === 409) throw new Stopped(await answer.text());
  if (!answer.ok) throw new Error(`${answer.status}`);
  const entry = await answer.json();
  await box.dropForm(record.form);
  return entry;
}

async function showWaiting() {
  const place = document.getElementById('outbox');
  const records = (await box.forms()).filter(record => record.act && record.form !== current?.form);
  const waiting = records.filter(record => !record.refused);
  place.hidden = records.length === 0;
  place.replaceChildren();
  if (waiting.length > 0) {
    const others = waiting.filter(record => record.person !== person).length;
    place.append(element('p', `未发送 ${waiting.length} 条，联网后自动发送${others ? `（其中${others}条由其他账号填写，请用那个账号登录）` : ''}`));
    place.append(element('ul', '', waiting.map(record => element('li', `${record.name}：${record.title || '未填标题'}`))));
    place.append(button('立即发送', 'btn', sendWaiting));
  }
  for (const record of records.filter(record => record.refused)) {
    const link = element('a', `${record.name}：${record.title || '未填标题'}没有发送：${record.refused}。去修改`);
    link.href = `/quick/${record.ledger}?draft=${record.form}`;
    place.append(link);
  }
}

// ---- The form ----

let current = null;

if (form) begin(); else page.dataset.ready = '';

async function begin() {
  current = { form: form.elements.form.value, photos: [] };
  const asked = new URLSearchParams(location.search).get('draft');
  // A page out of the browser's store was made for somebody's earlier form: this one is new.
  current.form = asked ?? newId();
  form.elements.form.value = current.form;
  const today = dayBefore(0);
  const date = form.elements[`f-${form.dataset.date}`];
  days(today);
  if (!form.dataset.resumed && form.dataset.today !== today && date?.value === form.dataset.today) date.value = today;

  const kept = asked && await box.form(asked).catch(() => null);
  // What was typed last counts: here, or at another device and on the server.
  if (kept && kept.at > Number(form.dataset.resumed ?? 0)) fill(kept);
  for (const photo of asked ? await box.photos(asked) : []) addPhoto(photo);
  showConditions();

  startKeeping();
  watchSimilar(form, typed);
  let timer = 0;
  form.addEventListener('input', () => {
    nameAddress();
    showConditions();
    clearTimeout(timer);
    timer = setTimeout(remember, 400);
  });
  for (const input of form.querySelectorAll('input[type=file]')) input.addEventListener('change', () => choose(input));
  form.addEventListener('submit', event => { event.preventDefault(); submit(event.submitter?.value ?? 'submit'); });
  addEventListener('pagehide', remember);
  dictation();
  // Whoever was faster than this module has typed already.
  if (current.photos.length > 0 || [...form.querySelectorAll('[name^="f-"]')].some(input => input.defaultValue !== undefined && input.type !== 'radio' && input.type !== 'checkbox' ? input.value !== input.defaultValue : input.checked !== input.defaultChecked && input.type !== 'select-one'))
    form.dispatchEvent(new Event('input'));
  for (const input of form.querySelectorAll('input[type=file]')) if (input.files.length > 0) choose(input);
  form.dataset.ready = '';
  if (form.dataset.wanted) submit(form.dataset.wanted);
}

function startKeeping() {
  const mine = current;
  mine.keeper = keepForm(form, () => ({ id: mine.form, ledger: form.dataset.ledger, entry: null, version: 0, ...typed() }), say, (id, entry) => { if (entry) location.replace(`/quick?done=${entry}`); });
}

function typed() {
  const fields = {};
  for (const input of form.querySelectorAll('[name^="f-"]')) {
    const key = input.name.slice(2);
    if (input.type === 'radio' || input.type === 'checkbox') fields[key] = [fields[key], input.checked ? input.value : ''].filter(Boolean).join(',');
    else fields[key] = input.value;
  }
  return { unit: form.elements.unit.value, fields };
}

function fill({ fields, unit }) {
  for (const input of form.querySelectorAll('[name^="f-"]')) {
    const text = fields[input.name.slice(2)];
    if (text === undefined) continue;
    if (input.type === 'radio' || input.type === 'checkbox') input.checked = text.split(',').includes(input.value);
    else input.value = text;
  }
  if (unit) form.elements.unit.value = unit;
}

function record(act = null) {
  const { fields, unit } = typed();
  const { ledger, name } = form.dataset;
  const title = [...form.querySelectorAll('.quick-fields input:not([type=radio],[type=checkbox],[type=date],[data-day]), .quick-fields textarea')].map(input => input.value.trim()).find(Boolean) ?? '';
  return { form: current.form, ledger, name, person, unit, fields, title: title.slice(0, 40), act, at: Date.now() };
}

/** The address names the form from its first letter on, so that reloading finds it. */
function nameAddress() {
  if (!location.search.includes(current.form)) history.replaceState(null, '', `${location.pathname}?draft=${current.form}`);
}

/** In the browser as well, where it is safe without a connection. */
async function remember() {
  // What is being sent is kept as such; as a form that is merely typed it would never go.
  if (!current || current.busy || current.sent || !location.search.includes(current.form)) return;
  await box.putForm(record()).catch(() => {});
}

async function submit(act) {
  if (current.busy) return;
  current.busy = true;
  const buttons = form.querySelectorAll('.quick-bar button');
  buttons.forEach(b => { b.disabled = true; });
  clearErrors();
  const whole = record(act);
  try {
    // First into the browser: from here on nothing is lost, whatever becomes of page and connection.
    await box.putForm(whole).catch(() => {});
    await Promise.allSettled(current.photos.map(photo => photo.stored));
    say('saving', '正在发送……');
    const entry = await deliver(whole, current.photos.filter(photo => photo.loose));
    current.keeper.stop();
    current.sent = true;
    location.replace(`/quick?done=${entry.id}`);
    return;
  } catch (error) {
    if (error instanceof Stopped) {
      await box.putForm({ ...whole, act: null }).catch(() => {});
      showErrors(error, act);
      say('', '');
    } else if (!current.photos.some(photo => photo.loose) && await box.form(whole.form).catch(() => null)) {
      await queued(error);
    } else {
      message('bad', '没有网络，浏览器也不允许在本机保存。请不要关闭本页，联网后再提交。');
    }
  } finally {
    current.busy = false;
    buttons.forEach(b => { b.disabled = false; });
  }
}

/** No connection: it lies in the browser and goes by itself. The page is ready for the next one. */
async function queued(error) {
  const why = error instanceof SignedOut ? '登录已过期。' : error instanceof TypeError || error.name === 'TimeoutError' ? '没有网络。' : '服务器暂时没有回应。';
  message('good', `${why}这条登记已存在本机，${error instanceof SignedOut ? '重新登录' : '联网'}后自动发送。`);
  current.keeper.stop();
  current = { form: newId(), photos: [] };
  startKeeping();
  form.reset();
  form.elements.form.value = current.form;
  form.querySelector('.photo-list')?.replaceChildren();
  history.replaceState(null, '', location.pathname);
  showConditions();
  await showWaiting();
  say('', '');
  scrollTo(0, 0);
}

// ---- Photos ----

async function choose(input) {
  const files = [...input.files];
  input.value = '';
  const photos = files.map(file => ({ id: newId(), form: current.form, field: form.dataset.files, file }));
  for (const photo of photos) photo.stored = box.putPhoto(photo).catch(() => { photo.loose = true; });
  // Nothing is sent before all of them are kept here: a page that dies while sending the first must not lose the second.
  const safe = Promise.allSettled(photos.map(photo => photo.stored));
  for (const photo of photos) addPhoto(photo, safe);
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

function addPhoto(photo, safe = Promise.resolve()) {
  current.photos.push(photo);
  const line = element('li');
  const view = photo.file.type.startsWith('image/') && !/hei[cf]/.test(photo.file.type) ? element('img') : element('span', photo.file.name);
  if (view.tagName === 'IMG') { view.src = URL.createObjectURL(photo.file); view.alt = photo.file.name; }
  const bar = element('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', `上传${photo.file.name}`);
  const note = element('span');
  const stop = photo.stop = new AbortController();
  const drop = button('×', '', async () => {
    stop.abort();
    line.remove();
    current.photos = current.photos.filter(other => other !== photo);
    await box.dropPhoto(photo.id);
    await send('DELETE', `/uploads/${photo.id}`).catch(() => {});
  });
  drop.setAttribute('aria-label', `移除${photo.file.name}`);
  line.append(view, bar, note, drop);
  form.querySelector('.photo-list').append(line);
  // While the rest is typed the photo is already on its way.
  const place = { entry: null, form: photo.form, ledger: form.dataset.ledger, field: photo.field };
  safe.then(() => upload(photo.file, place, { id: photo.id, signal: stop.signal, onProgress: part => { bar.value = part; }, onState: words => { note.textContent = words; } }))
    .then(() => { bar.remove(); note.textContent = '已上传'; return box.dropPhoto(photo.id); })
    .catch(error => { if (error instanceof Refused) { bar.remove(); note.className = 'failed'; note.textContent = error.message; box.dropPhoto(photo.id); current.photos = current.photos.filter(other => other !== photo); } });
}

// ---- Days ----

/** The day in China so many days ago. */
function dayBefore(days) {
  return new Date(Date.now() + 8 * 3600000 - days * 86400000).toISOString().slice(0, 10);
}

/** A day as people write it (11.22, 昨天); null when it is none, and then the server says so at its field. */
function asDay(text) {
  const plain = text.normalize('NFKC').trim();
  const named = ['今天', '昨天', '前天', '今日', '昨日'].indexOf(plain);
  if (named >= 0) return dayBefore(named % 3);
  const [, year = dayBefore(0).slice(0, 4), month, day] = /^(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? [];
  if (!month) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso) ? iso : null;
}

/** 昨天 is another day once the form waits for a connection, so what is typed becomes a date at once. */
function days(today) {
  for (const input of form.querySelectorAll('[data-day]')) {
    const picker = input.parentElement.querySelector('.picker');
    const take = day => {
      input.value = day;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    // A page out of the browser's store may be of another day.
    picker.max = picker.max && today;
    picker.hidden = false;
    input.addEventListener('change', () => { input.value = asDay(input.value) ?? input.value; });
    picker.addEventListener('pointerdown', () => { picker.value = asDay(input.value) ?? ''; });
    picker.addEventListener('change', () => { if (picker.value) take(picker.value); });
    const yesterday = form.querySelector(`[data-yesterday="${input.id}"]`);
    if (yesterday) yesterday.hidden = false;
    yesterday?.addEventListener('click', () => take(dayBefore(1)));
  }
}

// ---- Fields that depend on others, dictation, words ----

function holds(condition, values) {
  if (condition.all) return condition.all.every(part => holds(part, values));
  if (condition.any) return condition.any.some(part => holds(part, values));
  if (condition.not) return !holds(condition.not, values);
  const text = values[condition.field] ?? '';
  if (condition.is) return text.split(',').some(code => condition.is.includes(code));
  if ('yes' in condition) return text === (condition.yes ? 'yes' : 'no');
  if ('filled' in condition) return Boolean(text) === condition.filled;
  if ('atLeast' in condition || 'atMost' in condition) return text !== '' && Number(text) >= (condition.atLeast ?? -Infinity) && Number(text) <= (condition.atMost ?? Infinity);
  return true;
}

function showConditions() {
  const { fields } = typed();
  for (const part of form.querySelectorAll('[data-when]')) part.hidden = !holds(JSON.parse(part.dataset.when), fields);
}

function dictation() {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return;
  for (const control of form.querySelectorAll('[data-dictate]')) {
    control.hidden = false;
    control.addEventListener('click', () => {
      const heard = new Recognition();
      heard.lang = 'zh-CN';
      control.textContent = '听写中';
      heard.onresult = event => {
        const input = document.getElementById(control.dataset.dictate);
        input.value += event.results[0][0].transcript;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
      heard.onerror = () => message('late', '没有听清，或者不允许使用麦克风。');
      heard.onend = () => { control.textContent = '语音'; };
      heard.start();
    });
  }
}

function showErrors(stopped, act) {
  message('bad', `没有${act === 'submit' ? '提交' : '保存'}：${stopped.message}。`);
  for (const { field, message: sentence } of stopped.errors) {
    const part = form.querySelector(field === 'unit' ? '#f-unit' : `[data-field="${CSS.escape(field)}"]`)?.closest('.field') ?? form.querySelector(`[data-field="${CSS.escape(field)}"] .field`) ?? (field === form.dataset.files ? form.querySelector('fieldset.field:has(.quick-photos)') : null);
    if (!part) { message('bad', sentence); continue; }
    part.closest('details')?.setAttribute('open', '');
    part.classList.add('field-bad');
    const line = element('p', sentence);
    line.className = 'field-error';
    line.setAttribute('role', 'alert');
    line.dataset.shown = '';
    part.append(line);
  }
  const first = form.querySelector('.field-bad');
  first?.scrollIntoView({ block: 'center' });
  first?.querySelector('input, textarea, select')?.focus({ preventScroll: true });
}

function clearErrors() {
  message('', '');
  for (const line of form.querySelectorAll('.field-error')) line.remove();
  for (const part of form.querySelectorAll('.field-bad')) part.classList.remove('field-bad');
}

function message(tone, words) {
  const place = document.getElementById('message');
  place.replaceChildren();
  if (!words) return;
  const notice = element('div', words);
  notice.className = `notice tone-${tone}`;
  notice.setAttribute('role', tone === 'good' ? 'status' : 'alert');
  place.append(notice);
}

function say(state, words) {
  const place = document.querySelector('[data-saved]');
  place.dataset.saved = state;
  place.textContent = state === 'failed' ? '没有连上服务器，已存在本机' : words;
}

function element(name, words = '', children = []) {
  const made = document.createElement(name);
  made.textContent = words;
  made.append(...children);
  return made;
}

function button(words, kind, act) {
  const made = element('button', words);
  made.type = 'button';
  made.className = kind;
  made.addEventListener('click', act);
  return made;
}

// ---- Whenever there may be a connection again ----

box.tidy();
showWaiting();
sendWaiting();
addEventListener('online', sendWaiting);
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') sendWaiting(); });
setInterval(async () => { if ((await box.forms()).some(waiting => waiting.act && !waiting.refused)) sendWaiting(); }, 10000);

// The worker keeps the empty forms, so that they open without a connection. Browsers have it only with https.
if (navigator.serviceWorker) {
  navigator.serviceWorker.register('/quick-worker.js', { scope: '/quick' }).then(async () => {
    const worker = (await navigator.serviceWorker.ready).active;
    const pages = [...document.querySelectorAll('.tile')].slice(0, 8).map(link => link.getAttribute('href')).concat('/quick', location.pathname);
    const parts = performance.getEntriesByType('resource').map(entry => new URL(entry.name)).filter(address => address.origin === location.origin && /\.(js|css)$/.test(address.pathname));
    worker.postMessage({ person, pages: [...new Set([...pages, ...parts.map(address => address.pathname)])] });
  }).catch(() => {});
}
