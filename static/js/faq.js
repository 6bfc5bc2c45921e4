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
  // The browser moves the focus to the address's target itself, in the frame after it has scrolled there.
  const beginLast = () => requestAnimationFrame(() => requestAnimationFrame(begin));
  onhashchange = beginLast;
  onload = beginLast;
})();
