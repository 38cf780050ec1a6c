// Whoever submits the phone's form before its module has come waits for it: photos that lie in the browser from before a
// crash would not come along otherwise. Where the module cannot be had, the form goes as forms always have. Owns no data.
'use strict';

(() => {
  const Longest = 10000;
  let alone = false;

  document.addEventListener('submit', event => {
    const form = event.target;
    if (alone || 'ready' in form.dataset) return;
    event.preventDefault();
    if (!form.dataset.wanted) setTimeout(goAlone, Longest);
    form.dataset.wanted = event.submitter?.value ?? 'submit';
    document.querySelector('[data-saved]').textContent = '请稍候……';
  }, { capture: true });

  // A script that fails to load says so to its element only; capturing hears it.
  addEventListener('error', event => { if (event.target.tagName === 'SCRIPT') goAlone(); }, { capture: true });

  function goAlone() {
    alone = true;
    const form = document.querySelector('form[data-wanted]');
    if (form && !('ready' in form.dataset)) form.requestSubmit(form.querySelector(`button[value="${CSS.escape(form.dataset.wanted)}"]`));
  }
})();
