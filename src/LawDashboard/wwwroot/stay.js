// Keeps the place on the page over the next navigation: the client script scrolls to the top after it, once.
export function stay() {
  const place = window.scrollY;
  const scroll = window.scrollTo;
  const restore = () => { window.scrollTo = scroll; };
  window.scrollTo = () => { restore(); scroll.call(window, 0, place); };
  setTimeout(restore, 3000);
}
