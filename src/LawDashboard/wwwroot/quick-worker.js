// Keeps the phone's empty forms and what they need to show, for when there is no connection. Always asks the server first;
// what is kept only stands in for it. Touches nothing but pages below /quick and their styles, scripts and pictures.
const Store = 'quick-1';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('message', event => event.waitUntil((async () => {
  const { person, pages } = event.data;
  const store = await caches.open(Store);
  // Somebody else signed in: forms with the other's units and habits go.
  const whose = await (await store.match('/quick-person'))?.text();
  if (whose !== String(person)) await caches.delete(Store);
  const fresh = await caches.open(Store);
  await fresh.put('/quick-person', new Response(String(person)));
  for (const page of pages) if (!await fresh.match(page)) await keep(fresh, new Request(page, { credentials: 'same-origin' })).catch(() => {});
})()));

/** Asks the server; what cannot be kept, for want of room for instance, is still shown. */
async function keep(store, request) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await store.put(request, answer.clone()).catch(() => {});
  return answer;
}

self.addEventListener('fetch', event => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  const isPage = request.mode === 'navigate' && /^\/quick(\/\w+)?$/.test(address.pathname);
  if (!isPage && !['style', 'script', 'font'].includes(request.destination)) return;
  event.respondWith((async () => {
    const store = await caches.open(Store);
    try {
      // A form that somebody is in the middle of is no empty form.
      return isPage && address.search ? await fetch(request) : await keep(store, request);
    } catch (error) {
      const kept = await store.match(request, { ignoreSearch: isPage });
      if (kept) return kept;
      throw error;
    }
  })());
});
