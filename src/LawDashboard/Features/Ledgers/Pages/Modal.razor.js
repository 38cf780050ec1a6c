// Shows a dialog above the page; focus returns to where it was when the dialog goes.
export function open(dialog) {
  if (!dialog) return; // Answered before this module had loaded.
  const before = document.activeElement;
  dialog.showModal();
  new MutationObserver((_, watch) => {
    if (dialog.isConnected) return;
    watch.disconnect();
    if (before?.isConnected) before.focus();
  }).observe(document.body, { childList: true, subtree: true });
}
