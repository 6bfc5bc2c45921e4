/*
  Pasting: keeps what pasted text means where its form cannot be kept, and says at the field what is left out.

  Word processors and web pages put HTML on the clipboard. The editor makes paragraphs of its headings, runs the
  cells of its tables together and lowers raised figures: 10⁵ became 105. Here the HTML is rewritten before the
  editor sees it; plain fields, which take the clipboard's text, get raised figures as characters.
*/
(() => {
  const RAISED = { "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    "+": "⁺", "-": "⁻", "−": "⁻", "–": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", n: "ⁿ", i: "ⁱ" };
  const LOWERED = { "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉",
    "+": "₊", "-": "₋", "−": "₋", "–": "₋", "=": "₌", "(": "₍", ")": "₎" };
  // Raised only for looks: 1st, registered names, marks that are no figures.
  const PLAIN_WHEN_RAISED = /^(st|nd|rd|th|[®™©℠*†‡§¶ªº°¹²³]+|TM|SM|[[({].*[\])}])$/i;
  const BLOCKS = "address,article,aside,blockquote,br,dd,div,dl,dt,figcaption,figure,footer,h1,h2,h3,h4,h5,h6,header,"
    + "hr,li,main,nav,ol,p,pre,section,table,td,th,tr,ul";
  const LEVELS = ["one", "two", "three", "four", "five", "six"];
  // The editor takes it for the mark of a list, and leaves it out where it makes none: 3. or b. or •
  const MARK = /^(\s*)(?:(\d{1,2}|[a-z]|x?(?:i{1,3}|iv|vi{0,3}|ix|x))\.|[•·◦§◾])(?=[ \t\u00a0])/;
  const OWN_COPY = /data-draftjs-conductor-fragment|data-editor=/; // of an editor: kept as it was copied
  const dispatched = new WeakSet();

  const style = (element) => element.getAttribute("style") || "";
  const texts = (element) => {
    const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const unwrap = (element) => element.replaceWith(...element.childNodes);
  const made = (body, name, ...children) => {
    const element = body.ownerDocument.createElement(name);
    element.append(...children);
    return element;
  };
  const line = (body, element) => made(body, element.querySelector(BLOCKS) ? "div" : "p", ...element.childNodes);
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  /* -1 for lowered, 1 for raised, 0 for text on the line. */
  function direction(element) {
    if (element.matches("sup, .Superscript")) return 1;
    if (element.matches("sub, .Subscript")) return -1;
    if (/vertical-align:\s*super|mso-text-raise:\s*[1-9]/i.test(style(element))) return 1;
    return /vertical-align:\s*sub\b|mso-text-raise:\s*-[1-9]/i.test(style(element)) ? -1 : 0;
  }

  function keepScripts(body, notes) {
    const all = [...body.querySelectorAll("sup, sub, [style], .Superscript, .Subscript")].filter(direction);
    for (const element of all.filter((one) => !all.some((other) => other !== one && other.contains(one)))) {
      const up = direction(element) > 0;
      const characters = up ? RAISED : LOWERED;
      const text = element.textContent.trim();
      const before = body.ownerDocument.createRange();
      before.setStart(body, 0);
      before.setEndBefore(element);
      // Marks of several notes: 1,2 or 3, 5.
      const figures = !/\d$/.test(before.toString()) && /^\d+(\s*[,;]\s*\d+)+$/.test(text);
      if (figures || [...text].every((character) => character in characters)) {
        for (const node of texts(element)) {
          node.data = [...node.data].map((character) => characters[character] ?? character).join("");
        }
      } else if (!(up && PLAIN_WHEN_RAISED.test(text))) {
        element.prepend(text.length > 1 ? `${up ? "^" : "_"}(` : up ? "^" : "_");
        if (text.length > 1) element.append(")");
        notes.add(up ? "Raised text is marked with “^”." : "Lowered text is marked with “_”.");
      }
      if (element.matches("sup, sub")) unwrap(element);
      else element.style.verticalAlign = "";
    }
    return all.length > 0;
  }

  /* Word writes the items of its lists as paragraphs that begin with a mark. */
  function makeWordLists(body) {
    let list = null;
    for (const item of body.querySelectorAll("p[style*='mso-list:']")) {
      const mark = [...item.querySelectorAll("[style*='mso-list']")].find((one) => /ignore/i.test(style(one)));
      if (!mark) continue;
      const name = /[0-9a-z]+[.)]/i.test(mark.textContent) ? "ol" : "ul";
      mark.remove();
      if (list?.nodeName.toLowerCase() !== name || item.previousElementSibling !== list) {
        list = made(body, name);
        item.before(list);
      }
      list.append(made(body, "li", ...item.childNodes));
      item.remove();
    }
  }

  function keepLists(body, offered) {
    for (const list of [...body.querySelectorAll("ol, ul")].reverse()) {
      const ordered = list.nodeName === "OL";
      const isKept = offered.blocks.has(ordered ? "ordered-list-item" : "unordered-list-item");
      if (isKept && (!ordered || list.start === 1)) continue;
      let number = list.start ?? 1;
      for (const item of [...list.children]) {
        const first = texts(item).find((node) => node.data.trim());
        if (item.nodeName === "LI" && first) {
          first.data = `${ordered ? `${number++})` : "–"} ${first.data.trimStart()}`;
        }
        item.replaceWith(line(body, item));
      }
      list.replaceWith(made(body, "div", ...list.childNodes));
    }
  }

  /* A line that begins with the mark of a list, so that the editor keeps it: a list where one begins at 1, else text. */
  function markKeeper(offered) {
    let next = 1;
    return (text) => text.replace(MARK, (mark, space, number) => {
      if (offered.blocks.has(number ? "ordered-list-item" : "unordered-list-item")) {
        if (!number) return mark;
        if (Number(number) === next) return next++ && mark;
      }
      return `${space}${number ? `${number})` : "–"}`;
    });
  }

  function keepMarks(body, offered) {
    const kept = markKeeper(offered);
    for (const block of body.querySelectorAll("p, div")) {
      const first = block.querySelector(BLOCKS) ? null : texts(block).find((node) => node.data.trim());
      if (first) first.data = kept(first.data.trimStart());
    }
  }

  function keepHeadings(body, offered, notes) {
    const levels = LEVELS.flatMap((name, at) => (offered.blocks.has(`header-${name}`) ? [at + 1] : []));
    for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6, p.MsoTitle, p.MsoSubtitle")) {
      if (!heading.textContent.trim()) continue;
      const level = Number(heading.nodeName[1]) || 1;
      if (levels.length) {
        const nearest = levels.reduce((one, other) => (Math.abs(other - level) < Math.abs(one - level) ? other : one));
        heading.replaceWith(made(body, `h${nearest}`, ...heading.childNodes));
      } else {
        heading.replaceWith(made(body, "p", made(body, "b", ...heading.childNodes)));
        notes.add("Headings became bold lines.");
      }
    }
  }

  function keepTables(body, notes) {
    for (const table of [...body.querySelectorAll("table")].reverse()) {
      const rows = [...table.rows].filter((row) => row.textContent.trim());
      if (rows.every((row) => row.cells.length < 2)) {
        table.replaceWith(...rows.flatMap((row) => [...row.cells].map((cell) => line(body, cell))));
        continue;
      }
      const lines = rows.map((row) => {
        const cells = made(body, "p");
        [...row.cells].forEach((cell, at) => {
          for (const block of cell.querySelectorAll(BLOCKS)) {
            block.before(" ");
            block.after(" ");
            unwrap(block);
          }
          cell.normalize();
        const inCell = texts(cell);
        inCell.forEach((node) => (node.data = node.data.replace(/\s+/g, " ")));
        while (inCell.length && !inCell[0].data.trim()) inCell.shift().data = "";
        while (inCell.length && !inCell.at(-1).data.trim()) inCell.pop().data = "";
        if (inCell.length) {
          inCell[0].data = inCell[0].data.trimStart();
          inCell.at(-1).data = inCell.at(-1).data.trimEnd();
        }
        const words = cell.nodeName === "TH" ? [made(body, "b", ...cell.childNodes)] : [...cell.childNodes];
          cells.append(at ? " | " : "", ...words);
        });
        return cells;
      });
      if (table.caption) lines.unshift(made(body, "p", ...table.caption.childNodes));
      table.replaceWith(...lines);
      notes.add("A table became lines of text, with “|” between its cells.");
    }
  }

  function nameLosses(body, offered, notes) {
    const lost = [];
    const pictures = [...body.querySelectorAll("img, svg, canvas, picture")].filter(
      (one) => !one.parentElement.closest("svg, picture") && Math.min(one.width || 9, one.height || 9) > 2,
    );
    if (pictures.length && !offered.entities.has("IMAGE")) lost.push(count(pictures.length, "picture"));
    const frames = body.querySelectorAll("video, audio, iframe, object, embed").length;
    if (frames) lost.push(count(frames, "video or other part"));
    const formulas = body.querySelectorAll("math").length;
    if (formulas) lost.push(count(formulas, "formula"));
    const links = [...body.querySelectorAll("a[href]")].filter((link) => /^(https?|mailto|tel):/i.test(link.href));
    if (links.length && !offered.entities.has("LINK")) lost.push(`the target of ${count(links.length, "link")}`);
    if (lost.length) notes.add(`Not pasted: ${lost.join(", ")}.`);
    if (!offered.entities.has("IMAGE")) pictures.forEach((picture) => picture.remove());
    if (offered.styles.has("STRIKETHROUGH")) return;
    const struck = [...body.querySelectorAll("s, strike, del, [style*='line-through']")].find((one) => one.textContent.trim());
    if (struck) notes.add(`No longer crossed out, so check it: “${struck.textContent.trim().slice(0, 60)}”.`);
  }

  /* The HTML as the editor takes it, and what to say of it. */
  function rewritten(html, offered) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const notes = new Set();
    // Google Docs wraps all in one that is none; the editor would make all of it bold.
    body.querySelectorAll("b[style*='font-weight:normal'], b[style*='font-weight: normal']").forEach(unwrap);
    if (!offered.styles.has("SUPERSCRIPT")) keepScripts(body, notes);
    makeWordLists(body);
    nameLosses(body, offered, notes);
    keepHeadings(body, offered, notes);
    keepLists(body, offered);
    keepTables(body, notes);
    keepMarks(body, offered);
    return { html: body.innerHTML, notes: [...notes] };
  }

  /* The text of HTML with raised figures, for a plain field; null where there are none. */
  function plainText(html, isOneLine) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    if (!keepScripts(body, new Set())) return null;
    body.querySelectorAll("style, script, title").forEach((element) => element.remove());
    for (const node of texts(body)) node.data = node.data.replace(/\s+/g, " ");
    body.querySelectorAll("td, th").forEach((cell) => cell.nextElementSibling && cell.append("\t"));
    body.querySelectorAll(BLOCKS).forEach((block) => {
      if (!block.matches("td, th, table, ul, ol, dl")) block.after("\n");
    });
    const text = body.textContent.replace(/ *\n[ \n]*/g, "\n").trim();
    return isOneLine ? text.replace(/\s+/g, " ") : text;
  }

  function offeredBy(input) {
    const { blockTypes = [], inlineStyles = [], entityTypes = [] } = input?.draftailEditor?.props ?? {};
    const types = (list) => new Set(list.map((one) => one.type));
    return { blocks: types(blockTypes), styles: types(inlineStyles), entities: types(entityTypes) };
  }

  function say(wrapper, notes) {
    let place = wrapper.nextElementSibling;
    if (!place?.matches("[data-pasted]")) {
      if (!notes.length) return;
      place = document.createElement("div");
      place.dataset.pasted = "";
      place.setAttribute("role", "status");
      wrapper.after(place);
    }
    // What is filled in later than its place is read out.
    setTimeout(() => {
      place.className = notes.length ? "help-block help-warning" : "";
      place.textContent = notes.join(" ");
      if (notes.length) {
        place.insertAdjacentHTML(
          "afterbegin", '<svg class="icon icon-warning icon" aria-hidden="true"><use href="#icon-warning"></use></svg>',
        );
      }
    });
  }

  function pasteIntoEditor(event, wrapper, html) {
    // The input that holds the text stands beside its editor, in a form and in a block alike.
    const offered = offeredBy([...wrapper.parentElement.children].find((one) => one.draftailEditor));
    const text = event.clipboardData.getData("text/plain").split("\n").map(markKeeper(offered)).join("\n");
    const result = html ? rewritten(html, offered) : { html: "", notes: [] };
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    if (html) clipboardData.setData("text/html", result.html);
    const again = new ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true, clipboardData });
    if (again.clipboardData?.getData("text/plain") !== text) return; // a browser that makes none
    dispatched.add(again);
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.dispatchEvent(again);
    say(wrapper, result.notes);
  }

  window.addEventListener("paste", (event) => {
    if (dispatched.has(event)) return;
    try {
      const html = event.clipboardData?.getData("text/html") ?? "";
      if (!event.clipboardData?.types.includes("text/plain") || OWN_COPY.test(html)) return;
      const wrapper = event.target.closest?.("[data-draftail-editor-wrapper]");
      if (wrapper) {
        pasteIntoEditor(event, wrapper, html);
      } else if (html && event.target.matches?.("textarea, input[type=text], input[type=search], input:not([type])")) {
        const text = plainText(html, event.target.nodeName === "INPUT");
        if (text !== null && document.execCommand("insertText", false, text)) event.preventDefault();
      }
    } catch (error) {
      console.warn("Pasted as it came:", error);
    }
  }, true);
})();
