/* Sends a form of records or settings while somebody types; see core/autosave.py. */
(() => {
  const status = document.querySelector("[data-autosave]");
  const form = status?.closest("form");
  if (!form) return;

  const words = status.dataset;
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  // Wagtail's fields arrange themselves after loading: as saved is how they stood when first touched.
  let saved = null;
  let known = "unsaved" in words ? "" : null;
  let sending = null;
  let submitted = false;
  const touched = () => {
    saved ??= "unsaved" in words ? "" : typed();
    known ??= saved;
  };
  for (const event of ["pointerdown", "keydown", "focusin"]) form.addEventListener(event, touched, true);

  // Beside the buttons, where it is seen wherever the form has been scrolled to.
  form.querySelector("footer nav")?.after(status);

  const send = async (now) => {
    try {
      const answer = await fetch(words.autosave, {
        method: "POST",
        body: new URLSearchParams(now === saved ? "" : now),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
        keepalive: now.length < 60000, // more is refused by browsers
        signal: AbortSignal.timeout(10000),
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { kept } = await answer.json();
      status.textContent = kept && words.kept.replace("{time}", kept);
      known = now;
    } catch {
      status.textContent = words.failed;
    }
    sending = null;
  };
  const look = () => {
    if (known === null || sending || submitted) return;
    const now = typed();
    if (now !== known) sending = send(now);
  };
  setInterval(look, 2000);
  document.addEventListener("visibilitychange", look);

  // What is saved must not be kept once more by a request that is overtaken on its way.
  form.addEventListener("submit", (event) => {
    submitted = true;
    if (!sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sending.then(() => form.requestSubmit(event.submitter));
  }, true);
})();
