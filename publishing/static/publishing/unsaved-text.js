/*
 * Keeps what is typed into a form without drafts in this browser tab until it is saved.
 *
 * The template publishing/admin/single_record.html says under which key. Whoever comes back to the form
 * gets it as they left it: the text is sent to the server, which shows it in the form and saves
 * nothing.
 */
(() => {
  const place = document.querySelector("[data-unsaved-key]");
  const form = document.querySelector("form[data-edit-form]");
  if (!place || !form) return;

  const key = place.dataset.unsavedKey;
  const fields = () => {
    const kept = [];
    for (const [name, value] of new FormData(form)) {
      const field = form.elements.namedItem(name);
      const secret = name === "csrfmiddlewaretoken" || name === "next" || field?.type === "password";
      if (!secret && typeof value === "string") kept.push([name, value]);
    }
    return new URLSearchParams(kept).toString();
  };
  const read = () => {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  };
  const write = (kept) => {
    try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch { /* full, or not allowed */ }
  };

  document.querySelector("[data-unsaved-drop]")?.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    saved = null; // nor is it kept once more on the way out
    form.dataset.wUnsavedConfirmationValue = "false"; // they have said what they want
    window.location.assign(window.location.pathname);
  });

  const opened = form.elements.namedItem("loaded_revision_id")?.value ?? "";
  const kept = read();
  if (kept && "fresh" in place.dataset) {
    if (kept.sent && kept.opened !== opened) {
      sessionStorage.removeItem(key); // it was saved: the record has a newer version
    } else {
      const again = document.createElement("form");
      again.method = "post";
      const send = (name, value) => {
        const field = document.createElement("input");
        [field.type, field.name, field.value] = ["hidden", name, value];
        again.append(field);
      };
      for (const [name, value] of new URLSearchParams(kept.text)) send(name, value);
      send("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
      send("restore-unsaved", "1");
      document.body.append(again);
      again.submit();
      return;
    }
  }

  // Wagtail's fields arrange themselves after loading: as saved is how they stood when first touched.
  let saved = "fresh" in place.dataset ? null : "";
  const touched = () => { saved ??= fields(); };
  for (const event of ["pointerdown", "keydown", "focusin"]) form.addEventListener(event, touched, true);
  // Once sent, what was typed is on its way, however long the answer takes: until something else is typed.
  let leaving = false;
  form.addEventListener("input", () => { leaving = false; });
  const keep = (sent = false) => {
    if (saved === null || (leaving && !sent)) return;
    const text = fields();
    if (text === saved) sessionStorage.removeItem(key);
    else write({ text, opened, sent });
  };
  setInterval(keep, 1000);
  document.addEventListener("visibilitychange", () => keep());
  window.addEventListener("pagehide", () => { if (!read()?.sent) keep(); });
  form.addEventListener("submit", () => { keep(true); leaving = true; });
})();
