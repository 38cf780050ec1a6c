// What the form does without asking the server: keys, counting typed characters, going to a field or group. Owns no data.
import { keepForm, newId } from '/keep.js';

function calm() { return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'; }

const attached = new WeakSet();
const keepers = new WeakMap();

// The fields as they stand. Names and ids begin with f-; what is hidden from the person has no text to send.
function read(root) {
  const fields = {};
  for (const input of root.querySelectorAll('.sheet-of-fields :is(input, textarea)')) {
    if (input.type === 'radio' || input.type === 'checkbox') {
      const key = input.name.slice(2);
      fields[key] = [fields[key], input.checked ? input.value : ''].filter(Boolean).join(',');
    } else if (input.id.startsWith('f-') && input.type !== 'file' && !input.readOnly) {
      const option = input.role === 'combobox' && [...root.querySelector('#' + CSS.escape(input.getAttribute('aria-controls')))?.children ?? []].find(o => o.textContent === input.value);
      fields[input.id.slice(2)] = option ? option.dataset.value : input.value;
    }
  }
  // While a choice between two versions is open the fields are not there, and nothing may be sent in their place.
  if (Object.keys(fields).length === 0) return null;
  const { form, ledger, entry, version } = root.dataset;
  return { id: form, ledger, entry: entry ? Number(entry) : null, version: Number(version), unit: root.querySelector('#f-unit')?.value ?? null, fields };
}

function show(state, text) {
  for (const place of document.querySelectorAll('[data-saved]')) {
    place.dataset.saved = state;
    place.textContent = text;
  }
}

// Null where nothing could be kept, since this module came after the question.
export const keep = root => keepers.get(root)?.flush() ?? null;
export const stop = root => keepers.get(root)?.stop();

// The form was saved, but the page did not hear of it, since its circuit broke in between: it goes on with the entry.
function goOn(root, id, entry, version) {
  if (root.dataset.form !== id || !entry) return;
  Object.assign(root.dataset, { form: newId(), entry, version });
}

// The entry was saved: what the page itself says about it counts from now on.
export function saved(root) {
  keepers.get(root)?.settled();
  show('', '');
}

// changed: there is something that was not kept yet; known: the texts as the server knows them.
export function attach(root, page, changed, known) {
  // The form may have been left while this module was loading, or another entry may have come into the same form.
  if (!root || attached.has(root)) return;
  attached.add(root);
  // The address names the form, so that reloading it, or opening it after the browser died, goes on with the same.
  const address = new URL(location.href);
  if (address.pathname.endsWith('/new') && !address.searchParams.has('draft')) {
    address.searchParams.set('draft', root.dataset.form);
    history.replaceState(history.state, '', address);
  }
  keepers.set(root, keepForm(root, () => read(root), show, (id, entry, version) => goOn(root, id, entry, version)));
  // Whoever was faster than this module has typed already.
  const now = read(root);
  if (changed || (now && Object.entries(now.fields).some(([key, text]) => text !== (known[key] ?? '')))) root.dispatchEvent(new Event('change'));

  root.dataset.ready = '';

  const key = event => {
    if (!root.isConnected) return document.removeEventListener('keydown', key);
    const save = event.key.toLowerCase() === 's', submit = event.key === 'Enter';
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !(save || submit) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    if (event.repeat) return;
    // The field that is being typed in has not been left, so its text is handed over first.
    if (root.contains(document.activeElement) && document.activeElement.matches('input:not([type]), input[type="text"], textarea'))
      document.activeElement.dispatchEvent(new Event('change', { bubbles: true }));
    page.invokeMethodAsync('SaveByKey', submit);
  };
  document.addEventListener('keydown', key);

  root.addEventListener('input', event => {
    const text = event.target.closest('[data-limit]');
    if (text) text.dataset.count = `${event.target.value.length} / ${text.dataset.limit}`;
  });

  root.addEventListener('click', event => {
    const goto = event.target.closest('[data-goto]');
    if (!goto) return;
    const group = document.getElementById(goto.dataset.goto);
    group?.scrollIntoView({ behavior: calm(), block: 'start' });
    group?.querySelector('input:not([disabled]):not([readonly]), textarea, select')?.focus({ preventScroll: true });
  });
}

export function focusField(id) {
  const input = document.getElementById(id);
  input?.scrollIntoView({ behavior: calm(), block: 'center' });
  input?.focus({ preventScroll: true });
}
