// Sends the chosen file over plain HTTP with progress; the server answers with the address of its page.
export function start(form) {
  if (!form) return; // The page was left while this module was loading.
  const place = form.querySelector('.sending');
  const button = form.querySelector('button[type=submit]');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const input = form.querySelector('input[type=file]');
    if (input.files.length === 0) return say(place, '请先选择文件。');
    button.disabled = true;
    place.replaceChildren();
    let token;
    try {
      token = await (await fetch('/form-token', { credentials: 'same-origin', cache: 'no-store' })).text();
    } catch {
      button.disabled = false;
      return say(place, '网络中断，没有上传；请重试。');
    }
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', '上传进度');
    const text = document.createElement('span');
    text.textContent = `正在上传“${input.files[0].name}”`;
    place.append(text, bar);
    const request = new XMLHttpRequest();
    request.open('POST', form.dataset.to);
    request.setRequestHeader('RequestVerificationToken', token);
    request.upload.onprogress = e => {
      if (!e.lengthComputable) return;
      bar.value = e.loaded / e.total;
      if (e.loaded === e.total) text.textContent = '已上传，正在读取…';
    };
    request.onload = () => {
      if (request.status === 200) {
        const from = new URLSearchParams(location.search);
        const to = new URLSearchParams();
        for (const key of ['unit', 'year']) if (from.has(key)) to.set(key, from.get(key));
        location.assign(request.responseText + (to.size > 0 ? `?${to}` : ''));
        return;
      }
      button.disabled = false;
      say(place, request.status === 422 ? request.responseText : request.status === 413 ? form.dataset.tooLarge : '上传没有完成，请重试。');
    };
    request.onerror = () => { button.disabled = false; say(place, '网络中断，没有上传完；请重试。'); };
    request.send(new FormData(form));
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
