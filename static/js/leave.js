// "Leave this page quickly" works without this, as a link; with it, the search is not left in the history.
const link = document.querySelector("[data-leave]");

const leave = (event) => {
  event?.preventDefault();
  // The words typed go from the address and the tab at once, however long the next page takes.
  document.documentElement.hidden = true;
  document.title = "";
  history.replaceState(null, "", "/");
  location.replace(link.href);
};

link.addEventListener("click", leave);
addEventListener("keydown", (event) => event.key === "Escape" && leave(event));
link.parentElement.querySelector("[hidden]").hidden = false;
