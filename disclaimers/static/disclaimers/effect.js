/* Shows which pages a disclaimer would stand on while its rule is chosen; without it the panel tells of the draft. */
(() => {
  const PAUSE = 300; // ms in which further changes are awaited

  class DisclaimerEffect extends window.StimulusModule.Controller {
    static values = { url: String, page: String, failed: String };

    connect() {
      this.form = this.element.closest('form');
      this.shown = this.typed().toString();
      this.change = () => {
        clearTimeout(this.pause);
        this.pause = setTimeout(() => this.show(), PAUSE);
      };
      // A chosen page is set by a script: its field tells by `change`. A row that is removed only says so in a field.
      this.form.addEventListener('change', this.change);
      this.form.addEventListener('click', this.change);
      this.change();
    }

    disconnect() {
      clearTimeout(this.pause);
      this.form.removeEventListener('change', this.change);
      this.form.removeEventListener('click', this.change);
    }

    typed() {
      const fields = new FormData(this.form);
      const pages = [];
      for (const [name, value] of fields) {
        const row = name.match(/^(chosen_pages-\d+)-page$/);
        if (row && value && !fields.get(`${row[1]}-DELETE`)) pages.push(value);
      }
      return new URLSearchParams({
        page: this.pageValue,
        scope: fields.get('scope') || '',
        section: fields.get('section') || '',
        pages: pages.join(','),
      });
    }

    async show() {
      const typed = this.typed();
      if (typed.toString() === this.shown) return;
      this.shown = typed.toString();
      const options = { method: 'POST', body: typed, headers: { 'X-CSRFToken': window.wagtailConfig.CSRF_TOKEN } };
      const html = await fetch(this.urlValue, options).then(
        (answer) => (answer.ok && !answer.redirected ? answer.text() : ''),
        () => '',
      );
      // An answer that comes after a later change is out of date.
      if (typed.toString() !== this.shown) return;
      if (html) this.element.innerHTML = html;
      else this.element.textContent = this.failedValue;
    }
  }

  window.wagtail.app.register('disclaimer-effect', DisclaimerEffect);
})();
