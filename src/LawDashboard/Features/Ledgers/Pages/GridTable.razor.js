// Keys, selection and clipboard of the grid. The input lies over the active cell all the time, unseen until one types, so
// that a Chinese input method has something to compose in. Which cell is active is known here only; contents are not.

export function attach(root, server) {
  if (!root) return; // Left while this module was loading.
  const input = root.querySelector('[data-grid-editor]');
  const rows = () => +root.dataset.rows, columns = () => +root.dataset.columns;
  let active = [0, 0], anchor = [0, 0], open = false;

  const cell = (row, column) => root.querySelector(`td[data-cell="${row},${column}"]`);
  const range = () => [Math.min(active[0], anchor[0]), Math.min(active[1], anchor[1]), Math.max(active[0], anchor[0]), Math.max(active[1], anchor[1])];
  const call = (name, ...values) => server.invokeMethodAsync(name, ...values).catch(() => { });

  function show() {
    for (const marked of root.querySelectorAll('[data-active], [data-range]')) { marked.removeAttribute('data-active'); marked.removeAttribute('data-range'); }
    const [top, left, bottom, right] = range();
    if (top !== bottom || left !== right)
      for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) cell(row, column)?.setAttribute('data-range', '');
    const at = cell(...active);
    if (!at) return;
    at.setAttribute('data-active', '');
    at.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    input.style.left = at.offsetLeft + 'px';
    input.style.top = at.offsetTop + 'px';
    input.style.width = at.offsetWidth + 'px';
    input.style.height = at.offsetHeight + 'px';
    const head = root.querySelectorAll('thead th')[active[1] + 1]?.textContent ?? '';
    input.setAttribute('aria-label', `第${active[0] + 1}行 ${head} ${at.textContent} ${at.title}`);
    input.focus({ preventScroll: true });
  }

  function go(row, column, extend = false) {
    active = [Math.max(0, Math.min(rows() - 1, row)), Math.max(0, Math.min(columns() - 1, column))];
    if (!extend) anchor = active;
    show();
  }

  function begin(text) {
    const at = cell(...active);
    if (!at || at.dataset.locked) {
      input.value = '';
      if (at) call('Locked', ...active);
      return false;
    }
    open = true;
    input.toggleAttribute('data-open', true);
    if (at.dataset.list) input.setAttribute('list', at.dataset.list); else input.removeAttribute('list');
    if (text !== undefined) input.value = text;
    return true;
  }

  function close() {
    open = false;
    input.value = '';
    input.removeAttribute('data-open');
    input.removeAttribute('list');
  }

  function commit() {
    if (!open) return;
    const text = input.value, [row, column] = active;
    close();
    if (cell(row, column)?.textContent !== text) call('SetCell', row, column, text);
  }

  input.addEventListener('keydown', event => {
    if (event.isComposing) return;
    const [row, column] = active, control = event.ctrlKey || event.metaKey;
    const after = move => { commit(); move(); };
    if (open) {
      if (event.key === 'Escape') { close(); show(); }
      else if (event.key === 'Enter') after(() => go(row + (event.shiftKey ? -1 : 1), column));
      else if (event.key === 'Tab') after(() => go(row, column + (event.shiftKey ? -1 : 1)));
      else return;
    }
    else if (control && event.key.toLowerCase() === 'd') call('FillDown', ...range());
    else if (control && event.key === 'Home') go(0, 0);
    else if (control && event.key === 'End') go(rows() - 1, columns() - 1);
    else if (control || event.altKey) return;
    else if (event.key === 'ArrowDown') go(row + 1, column, event.shiftKey);
    else if (event.key === 'ArrowUp') go(row - 1, column, event.shiftKey);
    else if (event.key === 'ArrowRight') go(row, column + 1, event.shiftKey);
    else if (event.key === 'ArrowLeft') go(row, column - 1, event.shiftKey);
    else if (event.key === 'Home') go(row, 0);
    else if (event.key === 'End') go(row, columns() - 1);
    // At either end Tab goes on to what stands after or before the grid.
    else if (event.key === 'Tab' && (event.shiftKey ? row + column > 0 : row < rows() - 1 || column < columns() - 1)) {
      const to = row * columns() + column + (event.shiftKey ? -1 : 1);
      go(Math.floor(to / columns()), to % columns());
    }
    else if (event.key === 'Enter' || event.key === 'F2') begin(cell(row, column)?.textContent ?? '');
    else if (event.key === 'Delete' || event.key === 'Backspace') call('Clear', ...range());
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener('compositionstart', () => { if (!open) begin(); });
  input.addEventListener('input', event => { if (!open && !event.isComposing && !begin(input.value)) input.value = ''; });
  input.addEventListener('compositionend', () => { if (!open) input.value = ''; });
  input.addEventListener('blur', commit);
  input.addEventListener('paste', event => {
    if (open) return;
    event.preventDefault();
    const [top, left] = range();
    call('Paste', top, left, event.clipboardData.getData('text/plain'));
  });
  input.addEventListener('copy', event => {
    if (open) return;
    event.preventDefault();
    const [top, left, bottom, right] = range(), lines = [];
    for (let row = top; row <= bottom; row++) {
      const texts = [];
      for (let column = left; column <= right; column++) texts.push(cell(row, column)?.textContent ?? '');
      lines.push(texts.join('\t'));
    }
    event.clipboardData.setData('text/plain', lines.join('\n'));
  });
  root.addEventListener('mousedown', event => {
    const at = event.target.closest('td[data-cell]');
    if (!at) return;
    event.preventDefault();
    commit();
    go(...at.dataset.cell.split(',').map(Number), event.shiftKey);
  });
  root.addEventListener('dblclick', event => {
    const at = event.target.closest('td[data-cell]');
    if (at) begin(at.textContent);
  });
  // The table is drawn anew after each change; the marks of this module are put back.
  new MutationObserver(() => { if (!root.querySelector('[data-active]') && document.activeElement === input) show(); }).observe(root, { childList: true, subtree: true, characterData: true });
  const first = [...root.querySelectorAll('td[data-cell].open')][0];
  go(...(first ? first.dataset.cell.split(',').map(Number) : [0, 0]));
  root.dataset.ready = '';
}
