/* Tells an editor how many words a text has while they type. */
(() => {
  const words = (raw) => {
    let content;
    try {
      content = JSON.parse(raw);
    } catch {
      return 0;
    }
    if (!content || !content.blocks) return 0;
    return content.blocks
      .map((block) => {
        // A citation is a mark, not a word of the author.
        const citations = block.entityRanges
          .filter((range) => content.entityMap[range.key].type === 'REFERENCE')
          .sort((a, b) => b.offset - a.offset);
        return citations.reduce(
          (text, range) => text.slice(0, range.offset) + text.slice(range.offset + range.length),
          block.text,
        );
      })
      .join(' ')
      .split(/\s+/)
      .filter(Boolean).length;
  };

  class WordCount extends window.StimulusModule.Controller {
    static values = { advice: Number, limit: Number };

    connect() {
      this.output = document.createElement('p');
      this.output.className = 'help';
      this.output.setAttribute('role', 'status');
      this.element.append(this.output);
      this.timer = window.setInterval(() => this.count(), 500);
      this.count();
    }

    disconnect() {
      window.clearInterval(this.timer);
      this.output.remove();
    }

    count() {
      const input = this.element.querySelector('input[data-draftail-input]');
      const number = input ? words(input.value) : 0;
      const over = number > this.limitValue;
      const text = over
        ? `${number} of ${this.limitValue} words: too long to publish, fine for a draft.`
        : number > this.adviceValue
          ? `${number} words: ${this.adviceValue} or fewer read better, ${this.limitValue} at most.`
          : `${number} of ${this.adviceValue} words.`;
      if (this.output.textContent !== text) this.output.textContent = text;
    }
  }

  window.wagtail.app.register('word-count', WordCount);
})();
