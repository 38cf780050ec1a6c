// Sends the chosen form over plain HTTP; the server answers with the address of its page, or with the sentence why not.
export function start(form) {
  if (!form) return; // The page was left while this module was loading.
  const place = form.querySelector('.form-upload');
  const button = form.querySelector('button[type=submit]');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const input = form.querySelector('input[type=file]');
    if (input.files.length === 0) return say(place, '请先选择文件。');
    button.disabled = true;
    place.replaceChildren();
    try {
      const token = await (await fetch('/form-token', { credentials: 'same-origin', cache: 'no-store' })).text();
      const answer = await fetch('/forms/files', { method: 'POST', body: new FormData(form), headers: { RequestVerificationToken: token } });
      const text = await answer.text();
      if (answer.ok) {
        const from = new URLSearchParams(location.search), to = new URLSearchParams();
        for (const key of ['unit', 'year']) if (from.has(key)) to.set(key, from.get(key));
        location.assign(text + (to.size > 0 ? `?${to}` : ''));
        return;
      }
      say(place, answer.status === 422 ? text : answer.status === 413 ? '文件太大，不像是一张报表。' : '上传没有完成，请重试。');
    } catch {
      say(place, '网络中断，没有上传完；请重试。');
    }
    button.disabled = false;
  });
  form.dataset.ready = '';
}

function say(place, sentence) {
  const line = document.createElement('p');
  line.className = 'field-error';
  line.setAttribute('role', 'alert');
  line.textContent = sentence;
  place.replaceChildren(line);
}
