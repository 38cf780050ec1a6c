// Puts the cursor into the note of a return; Ctrl+Enter sends it, Esc takes it back. Owns no data.
const attached = new WeakSet();

export function open(form) {
  const note = form?.querySelector('textarea');
  if (!note) return;
  note.focus();
  note.setSelectionRange(note.value.length, note.value.length);
  if (attached.has(form)) return;
  attached.add(form);
  form.addEventListener('keydown', event => {
    const asked = event.key === 'Enter' && (event.ctrlKey || event.metaKey) ? 'confirm' : event.key === 'Escape' ? 'cancel' : null;
    if (!asked || event.isComposing || event.repeat) return;
    event.preventDefault();
    form.querySelector(`[data-do="${asked}"]`).click();
  });
}
