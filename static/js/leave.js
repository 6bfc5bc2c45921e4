// "Leave this page quickly" works without this, as a link; with it, the tab forgets the search.
const link = document.querySelector("[data-leave]");
// The words typed go from the address and from the tab's way back as soon as the help is there.
history.replaceState(null, "", "/search/");

const leave = (event) => {
  event?.preventDefault();
  // However long the next page takes, nothing more of this one is seen.
  document.documentElement.hidden = true;
  history.replaceState(null, "", "/");
  location.replace(link.href);
};

link.addEventListener("click", leave);
addEventListener("keydown", (event) => event.key === "Escape" && leave(event));
