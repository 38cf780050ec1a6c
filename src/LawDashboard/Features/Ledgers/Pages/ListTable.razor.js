// Moves through the rows of a list by keyboard, and lets a click anywhere in a row open it. Owns no data.

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

export function attach(table) {
  if (!table) return; // The list was left while this module was loading.
  const key = event => table.isConnected ? onKey(table, event) : document.removeEventListener('keydown', key);
  document.addEventListener('keydown', key);
  table.addEventListener('click', onClick);
}
