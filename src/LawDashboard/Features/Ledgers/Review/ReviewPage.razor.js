// The keys of the review: J/→ next, K/← previous, A approve, R return. Owns no data.

const typing = target => target.closest?.('input, textarea, select, dialog, [contenteditable]');

// With a Chinese input method on, letters arrive as "Process"; the key's place on the keyboard says which one it was.
function command(event) {
  switch (event.key === 'Process' ? event.code : event.key) {
    case 'j': case 'J': case 'KeyJ': case 'ArrowRight': return 'next';
    case 'k': case 'K': case 'KeyK': case 'ArrowLeft': return 'previous';
    case 'a': case 'A': case 'KeyA': return 'approve';
    case 'r': case 'R': case 'KeyR': return 'return';
  }
}

const attached = new WeakSet();

export function attach(root, page, id) {
  if (!root) return;
  // Another entry begins at its top, and its keys answer at once.
  if (root.dataset.at && root.dataset.at !== String(id)) {
    scrollTo({ top: 0 });
    if (document.activeElement && !document.activeElement.isConnected) document.body.focus();
  }
  root.dataset.at = id;
  if (attached.has(root)) return;
  attached.add(root);
  const key = event => {
    if (!root.isConnected) return document.removeEventListener('keydown', key);
    // A key held down must not approve one entry after the other.
    if (event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || document.querySelector('dialog[open]')) return;
    const asked = command(event);
    if (!asked) return;
    event.preventDefault();
    page.invokeMethodAsync('OnKey', asked);
  };
  document.addEventListener('keydown', key);
  root.dataset.ready = '';
}
