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
  for (const page of pages) {
    const request = new Request(page, { credentials: 'same-origin' });
    if (!await fresh.match(page)) await fetch(request).then(answer => keep(fresh, request, answer)).catch(() => {});
  }
})()));

/** Keeps an answer; one that finds no room is shown all the same. */
const keep = async (store, request, answer) => answer.ok && !answer.redirected && await store.put(request, answer).catch(() => {});

self.addEventListener('fetch', event => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  const isPage = request.mode === 'navigate' && /^\/quick(\/\w+)?$/.test(address.pathname);
  if (!isPage && !['style', 'script', 'font'].includes(request.destination)) return;
  event.respondWith((async () => {
    const store = await caches.open(Store);
    try {
      const answer = await fetch(request);
      // A form that somebody is in the middle of is no empty form. Nobody waits for the keeping.
      if (!isPage || !address.search) event.waitUntil(keep(store, request, answer.clone()));
      return answer;
    } catch (error) {
      const kept = await store.match(request, { ignoreSearch: isPage });
      if (kept) return kept;
      throw error;
    }
  })());
});
