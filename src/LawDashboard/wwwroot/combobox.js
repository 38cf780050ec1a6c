// Opens, filters and moves through the options of every combobox of the page. What is chosen becomes the input's text and a
// change event; the component on the server takes it from there. It listens to the document from the first moment: a
// script that came after the field would lose the click of whoever was faster. Owns no data.
'use strict';

(() => {
  const parts = input => {
    const list = document.getElementById(input.getAttribute('aria-controls'));
    return list && { input, list }; // A field that is being taken away still loses the focus.
  };
  const options = list => [...list.children];
  const visible = list => options(list).filter(option => !option.hidden);
  const isOpen = ({ list }) => !list.hidden;

  function mark({ input, list }, option) {
    for (const other of options(list)) other.setAttribute('aria-selected', other === option);
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  const marked = ({ list }) => visible(list).find(option => option.getAttribute('aria-selected') === 'true');

  function filter(combo, text) {
    const words = text.trim().toLowerCase().split(/\s+/);
    for (const option of options(combo.list)) option.hidden = !words.every(word => option.textContent.toLowerCase().includes(word));
    const found = visible(combo.list);
    combo.list.toggleAttribute('data-empty', found.length === 0);
    mark(combo, text.trim() && found.length ? found[0] : null);
  }

  function open(combo, text = '') {
    if (combo.input.disabled) return;
    combo.list.hidden = false;
    combo.input.setAttribute('aria-expanded', 'true');
    const box = combo.input.getBoundingClientRect();
    const above = box.top, below = innerHeight - box.bottom;
    combo.list.toggleAttribute('data-up', below < 220 && above > below);
    filter(combo, text);
    if (!text) mark(combo, options(combo.list).find(option => option.textContent === combo.input.value) ?? null);
  }

  function close(combo) {
    combo.list.hidden = true;
    combo.input.setAttribute('aria-expanded', 'false');
    mark(combo, null);
  }

  function choose(combo, option) {
    combo.input.value = option.textContent;
    close(combo);
    combo.input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function step(combo, by) {
    if (!isOpen(combo)) return open(combo);
    const found = visible(combo.list);
    const at = found.indexOf(marked(combo));
    mark(combo, found[at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.max(0, Math.min(found.length - 1, at + by))] ?? null);
  }

  function onKey(combo, event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const option = isOpen(combo) ? marked(combo) : null;
    if (event.key === 'ArrowDown') step(combo, 1);
    else if (event.key === 'ArrowUp') step(combo, -1);
    else if (event.key === 'Enter' && option) choose(combo, option);
    else if (event.key === 'Escape' && isOpen(combo)) close(combo);
    else if (event.key === 'Tab') {
      // Whoever typed part of a value and goes on means the value that is marked.
      if (option && combo.input.value.trim() && option.textContent !== combo.input.value) choose(combo, option);
      else if (isOpen(combo)) close(combo);
      return;
    } else return;
    event.preventDefault();
  }

  const of = event => event.target.matches?.('[data-combo] [role="combobox"]') ? parts(event.target) : null;
  const listen = (name, act) => document.addEventListener(name, event => { const combo = of(event); if (combo) act(combo, event); });
  listen('click', combo => {
    if (isOpen(combo)) return close(combo);
    open(combo);
    combo.input.select(); // Typing begins a new choice rather than adding to the old one.
  });
  listen('input', (combo, event) => event.isComposing ? undefined : open(combo, combo.input.value));
  listen('compositionend', combo => open(combo, combo.input.value));
  listen('keydown', onKey);
  listen('focusout', close);
  // Pressing the mouse on an option must not take the focus from the input.
  document.addEventListener('mousedown', event => { if (event.target.closest('[data-combo] [role="listbox"]')) event.preventDefault(); });
  document.addEventListener('click', event => {
    const option = event.target.closest('[data-combo] [role="option"]');
    if (option) choose(parts(option.closest('[data-combo]').querySelector('[role="combobox"]')), option);
  });
})();
