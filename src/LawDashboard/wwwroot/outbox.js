// What is not on the server yet: forms and photos in the browser's own database.
const Name = 'lawdashboard-quick';
let opened = null;

function open() {
  return opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(Name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('forms', { keyPath: 'form' });
      request.result.createObjectStore('photos', { keyPath: 'id' }).createIndex('form', 'form');
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => { opened = null; fail(request.error); };
  });
}

async function run(store, mode, act) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    // Done only when it is written, not when it was asked for.
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error ?? request.error);
  });
}

export const forms = () => run('forms', 'readonly', store => store.getAll()).catch(() => []);
export const form = id => run('forms', 'readonly', store => store.get(id));
export const putForm = record => run('forms', 'readwrite', store => store.put(record));
export const dropForm = id => run('forms', 'readwrite', store => store.delete(id));

export const photos = async form => (await run('photos', 'readonly', store => store.index('form').getAll(form)).catch(() => []))
  .map(({ bytes, name, type, ...photo }) => ({ ...photo, file: new File([bytes], name, { type }) }));
export const dropPhoto = id => run('photos', 'readwrite', store => store.delete(id)).catch(() => {});

/** The bytes themselves: some phones take the file away behind a page's back. */
export async function putPhoto({ id, form, field, file }) {
  const bytes = await file.arrayBuffer();
  await run('photos', 'readwrite', store => store.put({ id, form, field, bytes, name: file.name, type: file.type }));
}

/** Forms that were begun here and finished elsewhere, or never, go after a month. What waits to be sent stays. */
export async function tidy() {
  const old = Date.now() - 30 * 24 * 3600000;
  for (const record of (await forms()).filter(one => !one.act && one.at < old)) {
    for (const photo of await photos(record.form)) await dropPhoto(photo.id);
    await dropForm(record.form);
  }
}
