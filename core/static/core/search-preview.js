/* Shows how a page looks among search results while its title and summary are typed; as core/head.py makes them. */
(() => {
  const shortened = (text, length) => {
    if (text.length <= length) return text;
    const start = text.slice(0, length - 1);
    const end = start.lastIndexOf(' ');
    return `${(end > 0 ? start.slice(0, end) : start).replace(/[ ,;:.–—-]+$/, '')}…`;
  };

  const advice = (name, number, least, most) => {
    if (!number) return '';
    if (number > most) return `${name}: ${number} characters, ${number - most} more than are shown.`;
    if (number < least) return `${name}: ${number} characters; there is room for ${most}.`;
    return `${name}: ${number} characters, a good length.`;
  };

  class SearchPreview extends window.StimulusModule.Controller {
    static targets = ['title', 'shared', 'description', 'advice'];

    static values = { site: String, fallback: String, titleLimit: Number, descriptionLimit: Number };

    connect() {
      this.form = this.element.closest('form');
      this.update = () => this.show();
      this.form.addEventListener('input', this.update);
      this.update();
    }

    disconnect() {
      this.form.removeEventListener('input', this.update);
    }

    typed(name) {
      const input = this.form.elements.namedItem(name);
      return input ? input.value.trim() : '';
    }

    show() {
      const title = this.typed('seo_title') || this.typed('title');
      const full = `${title} · ${this.siteValue}`;
      const summary = this.typed('summary');
      this.titleTarget.textContent = full.length <= this.titleLimitValue ? full : title;
      this.sharedTarget.textContent = title;
      this.descriptionTarget.textContent = shortened(summary || this.fallbackValue, this.descriptionLimitValue);
      const words = [
        advice('Title', title.length, 15, this.titleLimitValue),
        advice('Summary', summary.length, 110, this.descriptionLimitValue),
        summary ? '' : 'Without a summary, the first words of the page stand here.',
      ];
      const text = words.filter(Boolean).join(' ');
      if (this.adviceTarget.textContent !== text) this.adviceTarget.textContent = text;
    }
  }

  window.wagtail.app.register('search-preview', SearchPreview);
})();
