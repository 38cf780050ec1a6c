// Shows on the phone's form what may be logged already, asked a moment after something was typed and while there is a
// connection. The server compares; this only asks and shows. Owns no data.
import { send } from '/send.js';

/** typed() returns the form as it stands: its unit and fields. */
export function watchSimilar(form, typed) {
  const place = document.getElementById('similar');
  const list = place.querySelector('ul');
  let timer = 0, asked = '', running = null;

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  }

  async function ask() {
    const now = typed();
    const question = JSON.stringify(now);
    if (question === asked || !navigator.onLine) return;
    asked = question;
    running?.abort();
    running = new AbortController();
    try {
      const answer = await send('POST', `/quick/${form.dataset.ledger}/similar`, now, { signal: running.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      // Without a connection it is asked again with the next change; nobody waits for it.
      if (asked === question) asked = '';
    }
  }

  function show(found) {
    place.hidden = found.length === 0;
    list.replaceChildren(...found.map(line));
  }

  function line({ id, title, line: where, why }) {
    const open = made('a', '打开', 'btn');
    open.href = `/entries/${id}`;
    open.target = '_blank';
    open.rel = 'noopener';
    const other = made('button', '这是另一件', 'btn');
    other.type = 'button';
    const actions = made('div', '', 'do');
    actions.append(open, other);
    const item = made('li');
    item.append(made('strong', title), made('small', where), made('small', why, 'why'), actions);
    other.addEventListener('click', () => {
      item.remove();
      place.hidden = list.children.length === 0;
      send('POST', `/quick/${form.dataset.ledger}/different/${id}`, typed()).catch(() => {});
    });
    return item;
  }

  form.addEventListener('input', () => later(1000));
  form.addEventListener('change', () => later(300));
  // The next one begins empty.
  form.addEventListener('reset', () => { asked = ''; clearTimeout(timer); running?.abort(); show([]); });
}

function made(name, words = '', kind = '') {
  const element = document.createElement(name);
  element.textContent = words;
  element.className = kind;
  return element;
}
