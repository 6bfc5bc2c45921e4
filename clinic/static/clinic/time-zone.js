/*
 * Every time that a script of the admin writes is the clinic's, wherever the browser stands: the stamps of
 * comments, and whatever else asks the browser to write a date without naming a zone.
 */
(() => {
  const { timeZone } = document.currentScript.dataset;
  const asked = (locales, options) => [
    locales?.length ? locales : document.documentElement.lang,
    options?.timeZone ? options : { ...options, timeZone },
  ];

  Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
    construct: (Format, [locales, options]) => new Format(...asked(locales, options)),
    apply: (format, self, [locales, options]) => format(...asked(locales, options)),
  });
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
    const write = Date.prototype[name];
    Date.prototype[name] = function (locales, options) {
      return write.apply(this, asked(locales, options));
    };
  }
})();
