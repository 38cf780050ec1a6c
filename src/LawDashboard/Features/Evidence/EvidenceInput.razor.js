// Sends chosen files by themselves, several at once, with progress and cancel. Needs no circuit: the page is only told to
// read its list anew, now or when it is back.
import { upload, Refused } from '/upload.js';

const started = new WeakSet();
const AtOnce = 3;
let going = 0;
const queue = [];

export function start(root, page) {
  if (!root || started.has(root)) return; // The form was left while this module was loading.
  started.add(root);
  const input = root.querySelector('input[type=file]');
  input.addEventListener('change', () => {
    for (const file of input.files) add(root, file, page);
    input.value = '';
  });
}

// A page that goes takes chosen files with it; the browser asks first.
addEventListener('beforeunload', event => { if (going + queue.length > 0) event.preventDefault(); });

function add(root, file, page) {
  // Where it belongs is read when it was chosen: the form may become an entry while files are on their way.
  const { entry, form, ledger, field } = root.dataset;
  const place = { entry: entry ? Number(entry) : null, form: entry ? null : form, ledger, field };
  const line = new Line(root.querySelector('.evidence-progress'), file.name);
  const run = async () => {
    const stop = new AbortController();
    line.begin(() => stop.abort());
    try {
      await upload(file, place, { onProgress: line.progress, onState: line.state, signal: stop.signal });
      line.remove();
      tell(page);
    } catch (error) {
      if (stop.signal.aborted) line.remove();
      else line.fail(error instanceof Refused ? error.message : '上传没有完成。', () => enqueue(run));
    }
  };
  line.wait(() => { queue.splice(queue.indexOf(run), 1); line.remove(); });
  enqueue(run);
}

function enqueue(run) {
  queue.push(run);
  next();
}

async function next() {
  if (going >= AtOnce || queue.length === 0) return;
  going++;
  try { await queue.shift()(); } finally { going--; next(); }
}

async function tell(page) {
  for (let attempt = 0; attempt < 30; attempt++) {
    try { return await page.invokeMethodAsync('Uploaded'); } catch { await new Promise(done => setTimeout(done, 2000)); }
  }
}

class Line {
  constructor(list, name) {
    this.item = list.appendChild(document.createElement('li'));
    this.name = this.item.appendChild(document.createElement('span'));
    this.name.textContent = name;
    this.rest = this.item.appendChild(document.createElement('span'));
    this.rest.className = 'evidence-line';
  }

  wait(cancel) { this.rest.replaceChildren(text('等待上传'), button('取消', cancel)); }

  begin(cancel) {
    this.bar = document.createElement('progress');
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute('aria-label', `上传${this.name.textContent}`);
    this.note = text('');
    this.rest.replaceChildren(this.bar, this.note, button('取消', cancel));
  }

  progress = part => { this.bar.value = part; };
  state = words => { this.note.textContent = words; };
  fail(reason, again) { this.rest.replaceChildren(text(reason, 'failed'), button('重试', again), button('放弃', () => this.remove())); }
  remove() { this.item.remove(); }
}

function text(words, kind = '') {
  const made = document.createElement('span');
  made.textContent = words;
  made.className = kind;
  return made;
}

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn';
  made.textContent = words;
  made.onclick = act;
  return made;
}
