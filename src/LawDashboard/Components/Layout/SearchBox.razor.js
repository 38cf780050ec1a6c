// Tells the server what is typed once typing pauses and no input method is composing; moves through the finds by
// keyboard; closes the panel when one goes elsewhere. Owns no data.

const pause = 140;

export function attach(root, server) {
  if (!root) return; // Gone while this module was loading.
  const input = root.querySelector('input');
  let waiting, told = '';

  const tell = () => {
    if (input.value === told) return;
    told = input.value;
    server.invokeMethodAsync('Preview', told).catch(() => { });
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(tell, pause); };
  const close = () => {
    clearTimeout(waiting);
    told = null; // Coming back to the box with the same words opens it again.
    if (root.querySelector('.panel')) server.invokeMethodAsync('Close').catch(() => { });
  };
  const links = () => [input, ...root.querySelectorAll('.found, .all')];

  input.addEventListener('input', event => { if (!event.isComposing) later(); });
  input.addEventListener('compositionend', later);
  input.addEventListener('focus', () => { if (input.value.trim() && told === null) later(); });
  root.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = links(), at = stops.indexOf(document.activeElement);
    if (event.key === 'ArrowDown' && stops.length > 1) stops[Math.min(at + 1, stops.length - 1)].focus();
    else if (event.key === 'ArrowUp' && at > 0) stops[at - 1].focus();
    else if (event.key === 'Escape' && root.querySelector('.panel')) { close(); input.focus(); told = input.value; }
    else { if (event.key === 'Enter' && document.activeElement === input) close(); return; }
    event.preventDefault();
  });
  // What was typed before this module was there.
  if (document.activeElement === input && input.value.trim()) later();
  const outside = event => {
    if (!root.isConnected) document.removeEventListener('pointerdown', outside);
    else if (!root.contains(event.target)) close();
  };
  document.addEventListener('pointerdown', outside);
  root.addEventListener('focusout', event => { if (event.relatedTarget && !root.contains(event.relatedTarget)) close(); });
  root.dataset.ready = '';
}
