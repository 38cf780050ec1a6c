// Sends each chosen file by itself, with progress and cancel; a failed one keeps its line with the reason and a retry.
const waiting = new WeakMap();

export function start(root, address, page) {
  if (!root) return; // The form was left while this module was loading.
  const input = root.querySelector('input[type=file]');
  const list = root.querySelector('.evidence-progress');
  waiting.get(root)?.abort();
  const listening = new AbortController();
  waiting.set(root, listening);
  input.addEventListener('change', () => {
    for (const file of input.files) send(file, address, list, page);
    input.value = '';
  }, { signal: listening.signal });
}

async function send(file, address, list, page) {
  const line = document.createElement('li');
  const name = document.createElement('span');
  name.textContent = file.name;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  const cancel = button('取消');
  line.append(name, bar, cancel);
  list.append(line);

  const fail = reason => {
    bar.remove();
    cancel.remove();
    const text = document.createElement('span');
    text.className = 'failed';
    text.textContent = reason;
    const again = button('重试');
    again.onclick = () => { line.remove(); send(file, address, list, page); };
    const drop = button('放弃');
    drop.onclick = () => line.remove();
    line.append(text, again, drop);
  };

  let token;
  try {
    token = await (await fetch('/evidence/token', { credentials: 'same-origin' })).text();
  } catch {
    return fail('网络中断，没有上传。');
  }
  const form = new FormData();
  form.append('file', file, file.name);
  const request = new XMLHttpRequest();
  request.open('POST', address);
  request.setRequestHeader('RequestVerificationToken', token);
  request.upload.onprogress = e => { if (e.lengthComputable) bar.value = e.loaded / e.total; };
  request.onload = async () => {
    if (request.status === 200) {
      line.remove();
      try { await page.invokeMethodAsync('Uploaded'); } catch { /* The circuit is away; the list is read anew when it returns. */ }
    } else {
      fail(request.status === 422 || request.status === 400 ? request.responseText || '文件没有被接收。' : '上传没有完成，请重试。');
    }
  };
  request.onerror = () => fail('网络中断，没有上传完。');
  cancel.onclick = () => { request.abort(); line.remove(); };
  request.send(form);
}

function button(text) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn';
  made.textContent = text;
  return made;
}
