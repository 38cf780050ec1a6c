// A wall display: the whole screen on request, and away from it by Esc.
export function attach(root) {
  const exit = root.querySelector('[data-wall-exit]');
  const full = root.querySelector('[data-wall-full]');
  const leave = () => { if (document.contains(root)) exit.click(); };
  const keys = event => { if (event.key === 'Escape') leave(); };
  // In full screen the browser keeps Esc to itself and only tells that it was left.
  const changed = () => { if (!document.fullscreenElement) leave(); };
  full.addEventListener('click', () => document.documentElement.requestFullscreen?.().catch(() => { full.disabled = true; }));
  exit.addEventListener('click', () => { document.removeEventListener('fullscreenchange', changed); if (document.fullscreenElement) document.exitFullscreen(); });
  document.addEventListener('keydown', keys);
  document.addEventListener('fullscreenchange', changed);
  // The page is left by navigation within the program: what listens to the document goes with it.
  new MutationObserver((_, observer) => {
    if (document.contains(root)) return;
    document.removeEventListener('keydown', keys);
    document.removeEventListener('fullscreenchange', changed);
    observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
}
