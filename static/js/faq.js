// The list of questions works without this; see templates/faq/faq_index_page.html.
(() => {
  const questions = [...document.querySelectorAll("details.question")];
  const button = document.querySelector(".open-all");
  const allOpen = () => questions.every((question) => question.open);
  const relabel = () => { button.textContent = button.dataset[allOpen() ? "close" : "open"]; };

  button.onclick = () => {
    const open = !allOpen();
    questions.forEach((question) => { question.open = open; });
  };
  questions.forEach((question) => { question.ontoggle = relabel; });

  // Browsers open the question that an address names; whoever reads by ear or keyboard begins at it.
  const begin = () => {
    document.getElementById(location.hash.slice(1))?.closest(".question")?.querySelector("summary").focus();
  };
  onhashchange = begin;
  onload = begin; // earlier, the browser would take the focus away again
})();
