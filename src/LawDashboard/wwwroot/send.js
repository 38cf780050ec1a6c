// Requests of our own pages: with the token that other sites cannot have, and with an answer that says what went wrong.
let token = null;

async function freshToken() {
  const answer = await fetch('/form-token', { headers: { 'X-Requested-With': 'XMLHttpRequest' }, cache: 'no-store' });
  if (answer.status === 401 || answer.redirected) throw new SignedOut();
  if (!answer.ok) throw new Error(`token ${answer.status}`);
  return token = await answer.text();
}

export class SignedOut extends Error {}

/** Takes the token before it is needed: a page that is being closed has no time for it. */
export const prepare = () => freshToken().catch(() => {});

// Sends and returns the response. Throws SignedOut when the sign-in has ended, and TypeError when there is no connection.
export async function send(method, address, body, { keepalive = false, signal, type } = {}) {
  for (let attempt = 0; ; attempt++) {
    const headers = { RequestVerificationToken: token ?? await freshToken(), 'X-Requested-With': 'XMLHttpRequest' };
    if (body !== undefined) headers['Content-Type'] = type ?? 'application/json';
    const answer = await fetch(address, { method, headers, body: type || body === undefined ? body : JSON.stringify(body), keepalive, signal, cache: 'no-store' });
    if (answer.status === 401 || answer.redirected) throw new SignedOut();
    // Somebody else may have signed in in another tab, or the server has new keys.
    if (answer.status === 400 && attempt === 0) { token = null; continue; }
    return answer;
  }
}
