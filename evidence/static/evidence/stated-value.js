/* Shows, while somebody types the value of a fact, how each sentence that states it will read. */
(() => {
  class StatedValue extends window.StimulusModule.Controller {
    static targets = ['label', 'after', 'words'];

    static values = { stored: String };

    connect() {
      this.input = this.element.closest('form').querySelector('[name="value"]');
      this.show = this.show.bind(this);
      this.input.addEventListener('input', this.show);
      this.show();
    }

    disconnect() {
      this.input.removeEventListener('input', this.show);
    }

    show() {
      const typed = this.input.value.trim();
      const unchanged = !typed || typed === this.storedValue;
      this.wordsTargets.forEach((words) => {
        words.textContent = typed;
      });
      [...this.labelTargets, ...this.afterTargets].forEach((part) => {
        part.hidden = unchanged;
      });
    }
  }

  window.wagtail.app.register('stated-value', StatedValue);
})();
