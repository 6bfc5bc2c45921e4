/* Says beside "Copy" whether it worked; where it did not, selects what was to be copied. */
for (const outcome of ["copied", "error"]) {
  document.addEventListener(`w-clipboard:${outcome}`, (event) => {
    const status = event.target.querySelector("[data-copied]");
    if (!status) return;
    const worked = outcome === "copied";
    if (!worked) event.target.querySelector("input").select();
    // Emptied first: the same words once more would not be read out.
    status.textContent = "";
    setTimeout(() => (status.textContent = worked ? status.dataset.copied : status.dataset.notCopied), 50);
  });
}
