// Numbers the lines of the template, marks those with something amiss, and keeps what is typed in the browser until it is saved.

let text, gutter, mirror, page, key, saved, timer, marks = {};

export function start(root, dotnet, keep, content) {
  [text, gutter, mirror, page, key, saved, marks] = [root.querySelector('textarea'), root.querySelector('.gutter'), root.querySelector('.mirror'), dotnet, 'template:' + keep, content, {}];
  const kept = localStorage.getItem(key);
  const restored = kept !== null && kept !== content && !text.readOnly;
  text.value = restored ? kept : content;
  text.oninput = changed;
  text.onkeyup = text.onclick = text.onfocus = place;
  text.onkeydown = e => {
    // The page's shortcut for saving; Tab goes on to the next control as everywhere.
    if ((e.ctrlKey || e.metaKey) && e.key === 's') { e.preventDefault(); document.getElementById('template-save')?.click(); }
  };
  new ResizeObserver(number).observe(text);
  number();
  window.onbeforeunload = e => { if (text?.isConnected && text.value !== saved) e.preventDefault(); };
  root.dataset.ready = 'yes';
  tell(restored);
}

let placing, placed;

// Whoever stands at a line is told what its codes are called.
function place() {
  const from = text.value.lastIndexOf('\n', text.selectionStart - 1) + 1, end = text.value.indexOf('\n', from);
  const line = text.value.slice(from, end < 0 ? undefined : end).slice(0, 4000);
  if (line === placed) return;
  clearTimeout(placing);
  placing = setTimeout(() => { placed = line; page.invokeMethodAsync('AtLine', line).catch(() => {}); }, 200);
}

function changed() {
  if (text.value === saved) localStorage.removeItem(key);
  else localStorage.setItem(key, text.value);
  number();
  place();
  clearTimeout(timer);
  timer = setTimeout(() => tell(false), 500);
}

function tell(restored) {
  page.invokeMethodAsync('Typed', restored).catch(() => {}); // A lost circuit comes back by itself; the text is kept here.
}

// A wrapped line is higher than one row: its height is measured on a copy with the same width.
function number() {
  const lines = text.value.split('\n');
  mirror.style.width = text.clientWidth + 'px';
  while (mirror.childElementCount > lines.length) mirror.lastChild.remove();
  while (mirror.childElementCount < lines.length) mirror.append(document.createElement('div'));
  while (gutter.childElementCount > lines.length) gutter.lastChild.remove();
  while (gutter.childElementCount < lines.length) gutter.append(document.createElement('span'));
  lines.forEach((line, i) => { if (mirror.children[i].textContent !== (line || '\u200b')) mirror.children[i].textContent = line || '\u200b'; });
  const heights = [...mirror.children].map(line => line.getBoundingClientRect().height);
  let height = 0;
  heights.forEach((rows, i) => {
    const mark = gutter.children[i];
    mark.textContent = i + 1;
    mark.style.height = rows + 'px';
    mark.className = marks[i + 1] ? (marks[i + 1] === 1 ? 'bad' : 'late') : '';
    height += rows;
  });
  text.style.height = height + 24 + 'px';
}

export function mark(lines) {
  marks = lines;
  number();
}

export function go(line) {
  const lines = text.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  const at = gutter.children[line - 1];
  at?.scrollIntoView({ block: 'center' });
}

export function insert(words, block) {
  text.focus({ preventScroll: true });
  if (block) {
    // On a line of its own, behind the line of the cursor.
    const end = text.value.indexOf('\n', text.selectionEnd);
    const at = end < 0 ? text.value.length : end;
    text.setSelectionRange(at, at);
    words = '\n' + words;
  }
  // As if typed, so that it can be taken back with Ctrl+Z.
  if (!document.execCommand('insertText', false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, 'end');
    changed();
  }
}

export function replace(content) {
  text.focus({ preventScroll: true });
  text.select();
  if (!document.execCommand('insertText', false, content)) {
    text.value = content;
    changed();
  }
}

export function settle(content) {
  saved = content;
  if (text.value === saved) localStorage.removeItem(key);
}

export function read() {
  return new Blob([text.value]);
}
