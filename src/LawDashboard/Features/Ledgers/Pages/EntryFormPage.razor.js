// What the form does without asking the server: keys, counting typed characters, going to a field or group. Owns no data.
import { attachComboboxes } from './Combobox.razor.js';

function calm() { return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'; }

const attached = new WeakSet();

export function attach(root, page) {
  // The form may have been left while this module was loading, or another entry may have come into the same form.
  if (!root || attached.has(root)) return;
  attached.add(root);
  attachComboboxes(root);

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
