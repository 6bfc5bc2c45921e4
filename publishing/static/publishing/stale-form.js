/*
 * Keeps a form's note of the version it was opened on up to date; see publishing/stale_form.py.
 *
 * Wagtail's autosave leaves the hidden fields as they were: whoever saves or publishes after an
 * autosave would be told of their own version as of a colleague's.
 */
(() => {
  const saving = new Set(); // forms whose autosave is on its way

  const setHiddenField = (form, name, value) => {
    // More than one where Wagtail has turned the form of a new record into that of a saved one.
    const fields = [...form.querySelectorAll(`input[type=hidden][name="${name}"]`)];
    if (!fields.length) {
      fields.push(document.createElement("input"));
      [fields[0].type, fields[0].name] = ["hidden", name];
      form.append(fields[0]);
    }
    for (const field of fields) field.value = value;
  };

  document.addEventListener("w-autosave:save", ({ target }) => saving.add(target));
  for (const end of ["success", "error"]) {
    document.addEventListener(`w-autosave:${end}`, ({ target: form, detail }) => {
      saving.delete(form);
      if (end === "success" && detail.response?.revision_id) {
        setHiddenField(form, "loaded_revision_id", detail.response.revision_id);
        setHiddenField(form, "loaded_revision_created_at", detail.response.revision_created_at);
      }
      form.dispatchEvent(new CustomEvent("autosave-ended"));
    });
  }

  // Saving waits for an autosave that is on its way, and begins no other.
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!saving.has(form)) {
      if ("wAutosaveIntervalValue" in form.dataset) form.dataset.wAutosaveActiveValue = "false";
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.waits) return;
    form.dataset.waits = "true";
    form.addEventListener("autosave-ended", () => {
      delete form.dataset.waits;
      // The button is disabled by now: a form sends no name of such a one.
      if (submitter?.name) setHiddenField(form, submitter.name, submitter.value);
      form.requestSubmit();
    }, { once: true });
  }, true);
})();
