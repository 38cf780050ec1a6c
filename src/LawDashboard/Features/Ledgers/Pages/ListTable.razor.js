// Moves through the rows of a list by keyboard, lets a click anywhere in a row open it, and brings one back to the row and
// the place that one left. What it keeps lies in the tab's session storage, under the list's address.

const links = table => [...table.querySelectorAll('.row-link')];
const typing = target => target.closest('input, textarea, select, dialog, [contenteditable]');

function move(table, step) {
  const rows = links(table);
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (next) next.focus();
}

function onKey(table, event) {
  if (!table.isConnected || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === 'ArrowDown') move(table, 1);
  else if (event.key === 'ArrowUp') move(table, -1);
  else if (event.key === '/') document.querySelector('[data-list-search]')?.focus();
  else if (event.key === ' ' && document.activeElement.matches?.('.row-link')) document.activeElement.closest('tr').querySelector('[data-list-pick]')?.click();
  else if (event.key === 'n') document.querySelector('[data-list-new]')?.click();
  else return;
  event.preventDefault();
}

function onClick(event) {
  const row = event.target.closest('tbody tr');
  if (!row || event.target.closest('a, button, input') || !getSelection().isCollapsed) return;
  const link = row.querySelector('.row-link');
  if (event.ctrlKey || event.metaKey) window.open(link.href);
  else link.click();
}

const placeOf = table => 'list:' + table.dataset.list;

function leave(table, event) {
  const link = event.target.closest('.row-link');
  if (link) sessionStorage.setItem(placeOf(table), JSON.stringify({ id: link.dataset.id, top: scrollY }));
}

function comeBack(table) {
  const place = sessionStorage.getItem(placeOf(table));
  if (!place) return;
  sessionStorage.removeItem(placeOf(table));
  const { id, top } = JSON.parse(place);
  const go = () => {
    if (!table.isConnected) return;
    table.querySelector(`.row-link[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
    scrollTo(0, top);
  };
  go();
  // The client script scrolls to the top once more after a navigation.
  setTimeout(() => { if (scrollY === 0) go(); }, 120);
}

export function attach(table) {
  if (!table) return; // The list was left while this module was loading.
  comeBack(table);
  table.addEventListener('click', event => leave(table, event), { capture: true });
  const key = event => table.isConnected ? onKey(table, event) : document.removeEventListener('keydown', key);
  document.addEventListener('keydown', key);
  table.addEventListener('click', onClick);
  table.dataset.ready = '';
}
