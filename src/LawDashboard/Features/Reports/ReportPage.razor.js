// Brings a place of the document into view, runs the editor and the upload. What is typed is kept in the browser until saved.

// Brings a figure of the document into view.
export function reveal(id) {
  show(document.getElementById(id));
}

export function focus(id) {
  document.getElementById(id)?.focus({ preventScroll: true });
}

function show(element) {
  if (!element) return;
  const box = element.getBoundingClientRect();
  // On narrow screens the drawer takes the lower part.
  const bottom = matchMedia('(max-width: 900px)').matches ? innerHeight * 0.35 : innerHeight - 40;
  if (box.top < 60 || box.bottom > bottom) window.scrollBy(0, box.top - bottom / 2);
}

// Leads to the words of a finding and marks them.
export function lead(paragraph, start, length) {
  const element = document.querySelector(`#report-paper [data-paragraph="${paragraph}"]`);
  if (!element) return;
  const range = document.createRange();
  range.selectNodeContents(element);
  let at = 0, begun = false;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const end = at + node.length;
    if (!begun && start < end) { range.setStart(node, Math.max(0, start - at)); begun = true; }
    if (begun && start + length <= end) { range.setEnd(node, start + length - at); break; }
    at = end;
  }
  if (window.Highlight) CSS.highlights.set('finding', new Highlight(range));
  show({ getBoundingClientRect: () => range.getBoundingClientRect() });
}

// Printed, the imprint stands at the foot of the last page. CSS has no word for what a page has left, so the paper is set
// once more in columns as wide and high as a page, which break where pages do, and what its last column leaves goes above
// the imprint. It is set larger than printed, as the style says, so that lines break as they do on paper.
const page = { width: 156, height: 225, gap: 10, scale: 8 };

addEventListener('beforeprint', () => {
  const paper = document.getElementById('report-paper');
  if (!paper?.querySelector('[data-part="imprint"]')) return;
  const sheet = document.createElement('div');
  sheet.style.cssText = `position: absolute; top: 0; left: 0; visibility: hidden; width: ${page.width * page.scale}mm; height: ${page.height * page.scale}mm; columns: ${page.width * page.scale}mm auto; column-gap: ${page.gap}mm; column-fill: auto`;
  const copy = paper.cloneNode(true);
  copy.removeAttribute('id');
  copy.classList.add('measured');
  sheet.append(copy);
  document.body.append(sheet);
  const [foot, top] = [copy.querySelector('[data-part="imprint"]').getBoundingClientRect(), sheet.getBoundingClientRect()];
  sheet.remove();
  // A margin at the beginning of a page counts only when the page was asked for.
  paper.style.setProperty('--imprint-gap', `${Math.max(0, Math.floor((top.bottom - foot.bottom) / page.scale) - 1)}px`);
  paper.style.setProperty('--imprint-break', foot.top - top.top < 1 ? 'page' : 'auto');
});

// The upload form sends its file over plain HTTP and shows why it was refused.
export function ready() {
  const form = document.getElementById('report-upload');
  if (!form || form.dataset.ready) return;
  form.dataset.ready = 'yes';
  form.addEventListener('submit', async e => {
    e.preventDefault();
    const file = form.querySelector('input[type=file]').files[0];
    if (!file) return;
    const button = form.querySelector('button');
    button.disabled = true;
    const data = new FormData();
    data.append('file', file, file.name);
    await send(form.dataset.address, data, form.querySelector('[role=alert]'));
    button.disabled = false;
  });
}

let leaving = null;

// The words that are selected in the paper, all in one paragraph; null when none are.
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const at = node => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('#report-paper [data-paragraph]');
  const range = selection.getRangeAt(0);
  const [first, last] = [at(range.startContainer), at(range.endContainer)];
  if (!first) return null;
  // What runs on into the next paragraph ends with the first.
  if (first !== last) range.setEnd(first, first.childNodes.length);
  const text = range.toString().trim();
  return text ? { paragraph: +first.dataset.paragraph, text: text.slice(0, 200) } : null;
}

// Turns the document, or one section of it, into an editor; a text that was not saved last time is there again.
export function edit(section) {
  const editor = document.getElementById('report-editor');
  const paper = document.getElementById('report-paper');
  if (!editor || !paper || !editor.hidden) return;
  const box = editor.querySelector('.edit-text');
  const alert = editor.querySelector('[role=alert]');
  const state = editor.querySelector('.edit-state');
  const text = paper.cloneNode(true);
  text.removeAttribute('id');
  // Head, attachments and imprint have a form of their own; tables and charts stay with their captions.
  for (const part of text.querySelectorAll('[data-part], .exhibit')) part.remove();
  if (section) enclose(text, section);
  for (const figure of text.querySelectorAll('.live')) figure.replaceWith(protect(figure));
  for (const marked of text.querySelectorAll('[id]')) marked.removeAttribute('id');
  const left = unsaved(editor, section);
  const [kept, base] = left ?? [null, editor.dataset.version];
  if (kept) text.innerHTML = kept;
  const written = section ? text.querySelector('[data-written]') : text;
  if (!written) return;
  written.contentEditable = 'true';
  written.spellcheck = false;
  written.setAttribute('role', 'textbox');
  written.setAttribute('aria-multiline', 'true');
  written.setAttribute('aria-label', section ? '本部分' : '报告正文');
  box.replaceChildren(text);
  state.textContent = kept ? '已恢复上次没有保存的修改。' : '';
  alert.hidden = true;
  editor.hidden = false;
  paper.parentElement.hidden = true;
  written.focus();
  if (section) show(written.firstElementChild);

  let changed = !!kept;
  const key = keyOf(editor, base, section);
  const forget = () => localStorage.removeItem(key);
  text.addEventListener('input', () => {
    changed = true;
    localStorage.setItem(key, text.innerHTML);
    state.textContent = '修改暂存在本机，尚未保存。';
  });
  // What comes from elsewhere comes as words alone.
  text.addEventListener('paste', e => {
    e.preventDefault();
    const lines = e.clipboardData.getData('text/plain').split(/\r?\n/);
    lines.forEach((line, i) => {
      if (i > 0) document.execCommand('insertParagraph');
      if (line) document.execCommand('insertText', false, line);
    });
  });
  const guard = e => { if (changed) e.preventDefault(); };
  window.addEventListener('beforeunload', guard);
  leaving = () => window.removeEventListener('beforeunload', guard);

  const close = () => {
    leaving();
    editor.hidden = true;
    box.replaceChildren();
    paper.parentElement.hidden = false;
  };
  editor.querySelector('[data-edit=cancel]').onclick = () => {
    if (changed && !confirm('放弃没有保存的修改？')) return;
    forget();
    close();
  };
  const save = editor.querySelector('[data-edit=save]');
  save.onclick = async () => {
    save.disabled = true;
    const data = new FormData();
    data.append('content', JSON.stringify(read(text)));
    data.append('version', base);
    await send(editor.dataset.address, data, alert, () => { forget(); leaving(); });
    save.disabled = false;
  };
}

const keyOf = (editor, version, section) => `report-edit:${editor.dataset.address}:${version}${section ? ':' + section : ''}`;

// A text that was not saved, with the version that it was written on: somebody may have saved another one since, and the
// merge then needs to know from which one this was written.
function unsaved(editor, section) {
  const newest = +editor.dataset.version;
  for (let version = newest; version >= 0 && version > newest - 50; version--) {
    const kept = localStorage.getItem(keyOf(editor, version, section));
    if (kept) return [kept, String(version)];
  }
  return null;
}

// Puts one section, from its heading to the next of its rank, into a block of its own; the rest stays as it is.
function enclose(text, section) {
  const head = text.querySelector(`[id="${section}"]`);
  if (!head) return;
  const rank = element => {
    const mark = element.matches('.level-1, .level-2') ? element : element.querySelector('.level-1, .level-2');
    return mark ? mark.classList.contains('level-1') ? 1 : 2 : 9;
  };
  const block = document.createElement('div');
  block.dataset.written = 'yes';
  head.before(block);
  const own = rank(head);
  for (let next = head; next && (next === head || rank(next) > own) && !next.classList.contains('paper-sign');) {
    const following = next.nextElementSibling;
    block.append(next);
    next = following;
  }
}

// A figure in the editor: one piece that can be deleted but not typed into.
function protect(link) {
  const figure = document.createElement('span');
  for (const { name, value } of link.attributes) if (name.startsWith('b-') || name === 'title') figure.setAttribute(name, value);
  figure.className = 'live';
  figure.contentEditable = 'false';
  figure.dataset.figure = link.id.slice('figure-'.length);
  figure.textContent = link.textContent;
  return figure;
}

const blocks = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'LI', 'UL', 'OL', 'ARTICLE']);

// The text as paragraphs with the places of their figures.
function read(root) {
  const paragraphs = [{ text: '', figures: [] }];
  const end = () => { if (paragraphs.at(-1).text) paragraphs.push({ text: '', figures: [] }); };
  const walk = node => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) paragraphs.at(-1).text += child.data.replace(/[\u200b\r\n]/g, '').replace(/\u00a0/g, ' ');
      else if (child.nodeName === 'BR') end();
      else if (child.dataset?.figure) {
        const paragraph = paragraphs.at(-1);
        paragraph.figures.push({ start: paragraph.text.length, length: child.textContent.length, id: child.dataset.figure });
        paragraph.text += child.textContent;
      } else {
        const block = blocks.has(child.nodeName) || child.hasAttribute?.('data-paragraph');
        if (block) end();
        walk(child);
        if (block) end();
      }
    }
  };
  walk(root);
  return paragraphs.filter(paragraph => paragraph.text.trim());
}

// Sends a form and goes where the answer says; a refusal is shown at its place.
async function send(address, data, alert, done) {
  alert.hidden = true;
  try {
    const token = await (await fetch('/report/token', { credentials: 'same-origin' })).text();
    const answer = await fetch(address, { method: 'POST', body: data, headers: { RequestVerificationToken: token }, credentials: 'same-origin' });
    const text = await answer.text();
    if (answer.ok) {
      done?.();
      location.assign(text);
      return;
    }
    alert.textContent = answer.status === 422 ? text : '没有完成，请重试。';
  } catch {
    alert.textContent = '网络中断，没有发送。文字还在，请稍后再试。';
  }
  alert.hidden = false;
}
