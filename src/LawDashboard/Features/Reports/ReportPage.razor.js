// Brings a figure of the document into view, or the keyboard back to it. Owns no state.
export function reveal(id) {
  const figure = document.getElementById(id);
  if (!figure) return;
  const box = figure.getBoundingClientRect();
  // On narrow screens the drawer takes the lower part.
  const bottom = matchMedia('(max-width: 900px)').matches ? innerHeight * 0.35 : innerHeight - 40;
  if (box.top < 60 || box.bottom > bottom) window.scrollBy(0, box.top - bottom / 2);
}

export function focus(id) {
  document.getElementById(id)?.focus({ preventScroll: true });
}
