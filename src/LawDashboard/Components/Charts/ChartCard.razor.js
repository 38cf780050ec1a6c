// Takes a chart away: as a picture of what is on the screen, or its table as a workbook. Keeps no state.

const besides = '.chart-tools, .field-error';

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A picture has no style sheets, so every element carries its looks with it.
function dress(from, to) {
  const style = getComputedStyle(from);
  let text = '';
  for (const property of style) text += `${property}:${style.getPropertyValue(property)};`;
  to.setAttribute('style', text);
  for (const name of ['href', 'id', 'aria-label', 'title']) to.removeAttribute(name);
  for (let i = 0; i < from.children.length; i++) dress(from.children[i], to.children[i]);
}

function drawn(card) {
  const copy = card.cloneNode(true);
  dress(card, copy);
  const [tools, copies] = [card, copy].map(root => [...root.querySelectorAll('.chart-tools, .field-error')]);
  copies.forEach((node, i) => tools[i]?.matches(besides) && node.remove());
  copy.style.margin = 0;
  const { width, height } = card.getBoundingClientRect();
  const body = new XMLSerializer().serializeToString(copy);
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}">`
    + `<foreignObject width="100%" height="100%">${body}</foreignObject></svg>`;
  return { text, width, height };
}

export async function picture(card, title, kind) {
  const { text, width, height } = drawn(card);
  if (kind === 'svg') return save(new Blob([text], { type: 'image/svg+xml' }), `${title}.svg`);
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  await image.decode();
  // Twice as fine as the screen, so that it can be printed.
  const canvas = Object.assign(document.createElement('canvas'), { width: width * 2, height: height * 2 });
  const pen = canvas.getContext('2d');
  pen.scale(2, 2);
  pen.drawImage(image, 0, 0, width, height);
  save(await new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Error('no picture')), 'image/png')), `${title}.png`);
}

export async function workbook(card, title) {
  const rows = [...card.querySelectorAll('table tr')].map(row => [...row.cells].map(cell => cell.innerText.trim().replace(/ *[↑↓]$/, '')));
  const answer = await fetch('/tables/export', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ title, note: card.querySelector('.chart-note')?.innerText ?? '', rows }),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  save(await answer.blob(), `${title}.xlsx`);
}
