// What the shell does without asking the server: how it looks, Ctrl+K, menus that close, reloading. Owns no data.
'use strict';

const root = document.documentElement;
const on = { theme: 'dark', type: 'large', menu: 'folded' };

function flip(name) {
  const value = root.dataset[name] === on[name] ? '' : on[name];
  if (value) root.dataset[name] = value; else delete root.dataset[name];
  // A cookie rather than local storage: the server writes the attribute into the page before anything is drawn.
  document.cookie = `${name}=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`;
}

document.addEventListener('click', event => {
  const control = event.target.closest('[data-switch], [data-do]');
  if (control?.dataset.switch) flip(control.dataset.switch);
  if (control?.dataset.do === 'reload') location.reload();
  if (control?.dataset.do === 'reconnect') window.Blazor?.reconnect().then(ok => ok || location.reload(), () => location.reload());
  if (control?.dataset.do === 'print') window.print();

  // A menu that is open closes when one clicks beside it or follows a link in it.
  for (const menu of document.querySelectorAll('details[data-close="outside"][open]'))
    if (!menu.contains(event.target) || event.target.closest('a')) menu.open = false;

  if (root.dataset.menu === 'over' && (!event.target.closest('.menu') || event.target.closest('a'))) delete root.dataset.menu;
});

// The names of chosen files, where the page shows them itself.
document.addEventListener('change', event => {
  const names = event.target.type === 'file' && event.target.closest('.file-pick')?.querySelector('[data-file-names]');
  if (names) names.textContent = [...event.target.files].map(file => file.name).join('、') || '还没有选择，也可以拖到这里';
});

// In the folded menu there is no room for what lies below an entry: the click unfolds the menu, and means nothing else.
const narrow = matchMedia('(max-width: 900px)');
document.addEventListener('click', event => {
  const folded = narrow.matches ? root.dataset.menu !== 'over' : root.dataset.menu === on.menu;
  if (!folded || !event.target.closest('.menu-section > .menu-item')) return;
  event.stopImmediatePropagation();
  if (narrow.matches) root.dataset.menu = 'over'; else flip('menu');
}, { capture: true });
narrow.addEventListener('change', () => { if (root.dataset.menu === 'over') delete root.dataset.menu; });

document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    const box = [...document.querySelectorAll('[data-focus="search"]')].find(input => input.offsetParent);
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
  if (event.key === 'Escape')
    for (const menu of document.querySelectorAll('details[data-close="outside"][open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
});
