/*
 * The preflight in the panel "Checks" of a page's editor: asked for when the panel opens, and while it is
 * open after each autosave. What it says is computed on the server, from the version that was saved.
 */
(() => {
  class Preflight extends window.StimulusModule.Controller {
    static targets = ["result", "note"];

    static values = { address: String, page: Number };

    connect() {
      this.panel = this.element.closest("[data-side-panel]");
      this.load = this.load.bind(this);
      this.saved = this.saved.bind(this);
      this.panel.addEventListener("show", this.load);
      document.addEventListener("w-autosave:success", this.saved);
      if (!this.panel.hidden) this.load();
    }

    disconnect() {
      this.panel.removeEventListener("show", this.load);
      document.removeEventListener("w-autosave:success", this.saved);
    }

    saved({ detail }) {
      if (detail.response?.pk) this.pageValue = detail.response.pk;
      if (!this.panel.hidden) this.load();
    }

    async load() {
      if (!this.pageValue) {
        this.resultTarget.textContent = "Write something first: a new page is looked at once it is saved.";
        return;
      }
      this.asked = (this.asked ?? 0) + 1;
      const { asked } = this;
      let html = null;
      try {
        const response = await fetch(this.addressValue.replace("/0/", `/${this.pageValue}/`));
        if (response.ok && !response.redirected) html = await response.text();
      } catch {
        // said below
      }
      if (asked !== this.asked) return; // a later answer is on its way
      if (html === null) this.resultTarget.textContent = "The website did not answer. Click “Look again”.";
      else if (html !== this.shown) this.resultTarget.innerHTML = html;
      this.shown = html;
    }

    go(event) {
      const selectors = event.params.place.split(".").map((part) => `[data-contentpath="${CSS.escape(part)}"]`);
      let field = null;
      while (selectors.length && !field) {
        field = document.querySelector(selectors.join(" "));
        selectors.pop(); // a block may be gone since: then its field
      }
      if (!field) return;
      event.preventDefault();
      for (let above = field; above; above = above.parentElement) {
        if (above.matches("[role=tabpanel][hidden]")) {
          document.getElementById(above.getAttribute("aria-labelledby"))?.click();
        }
        if (above.id && above.matches(".w-panel__content")) {
          const toggle = document.querySelector(`[data-panel-toggle][aria-controls="${above.id}"]`);
          if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
        }
      }
      // On a phone the panel lies over the form.
      if (window.matchMedia("(max-width: 799px)").matches) {
        document.querySelector("[data-form-side-close-button]")?.click();
      }
      requestAnimationFrame(() => {
        // What is written in comes before what is clicked.
        const inputs = ["[contenteditable=true], input:not([type=hidden]), textarea, select", "button, a"]
          .flatMap((selector) => [...field.querySelectorAll(selector)])
          .filter((element) => element.checkVisibility());
        field.scrollIntoView({ block: field.offsetHeight > window.innerHeight / 2 ? "start" : "center" });
        inputs[0]?.focus({ preventScroll: true });
      });
    }
  }

  window.wagtail.app.register("preflight", Preflight);
})();
