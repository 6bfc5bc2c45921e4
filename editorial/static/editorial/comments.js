(() => {
  /* A link to a comment opens the panel in which comments stand; Wagtail picks the comment in it, but leaves it closed. */
  addEventListener("load", () => {
    const toggle = document.querySelector('[data-side-panel-toggle="comments"]');
    if (!toggle || !new URLSearchParams(location.search).has("comment")) return;
    // Behind Wagtail's own timer, which opens the panel that was open last.
    setTimeout(() => toggle.getAttribute("aria-expanded") === "true" || toggle.click(), 50);
  });

  /* A comment that was typed and not added yet would be lost with the page: the form waits until it is settled. */
  const BOXES = ".comment__input, .comment__reply-input, .comment-reply__input";
  const ADVICE = "This comment is not added yet. Click the button below it, or empty this box, then save.";
  // By its buttons, which Enter and the shortcuts press too: once sent, they say that they are saving.
  addEventListener("click", (event) => {
    const { form } = event.target.closest?.("button[type=submit]") ?? {};
    if (!form?.querySelector("[name='comments-TOTAL_FORMS']")) return;
    const box = [...document.querySelectorAll(BOXES)].find((one) => one.value?.trim());
    if (!box) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const toggle = document.querySelector('[data-side-panel-toggle="comments"]');
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    box.setCustomValidity(ADVICE);
    // It holds back the form of the comment as well, so that it goes with whatever is done next.
    for (const next of ["pointerdown", "keydown", "input"]) {
      addEventListener(next, () => box.setCustomValidity(""), { once: true, capture: true });
    }
    box.reportValidity();
  }, true);
})();
