// Shows the text in its whole height, and answers three keys: s signs off, c asks for changes, l puts off.
(() => {
  const frame = document.querySelector('[data-review-text]');
  const form = document.querySelector('[data-review-decision]');
  if (!frame || !form) return;

  const fit = () => {
    const page = frame.contentDocument;
    if (page && page.documentElement) frame.style.blockSize = `${page.documentElement.scrollHeight}px`;
  };
  frame.addEventListener('load', () => {
    fit();
    frame.contentDocument?.querySelectorAll('details').forEach((part) => part.addEventListener('toggle', fit));
    frame.contentDocument?.addEventListener('keydown', answer);
  });
  window.addEventListener('resize', fit);

  function answer(event) {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'c') {
      const details = form.querySelector('details');
      details.open = true;
      event.preventDefault();
      details.querySelector('textarea').focus();
      return;
    }
    const value = { s: 'signed-off', l: 'later' }[event.key];
    const button = value && form.querySelector(`button[value="${value}"]:not(:disabled)`);
    if (button) button.click();
  }
  document.addEventListener('keydown', answer);
})();
