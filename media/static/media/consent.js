/* Unfolds "Rights and consent" as soon as somebody says that a person can be recognized. */
document.addEventListener("change", (event) => {
  const radio = event.target;
  if (radio.type !== "radio" || radio.value !== "recognizable") return;
  const rights = radio.closest("form")?.querySelector("[data-rights]");
  if (rights) rights.open = true;
});
