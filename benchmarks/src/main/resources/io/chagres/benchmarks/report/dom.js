// Elements and tables. Strings become text nodes only: what is in the report is never read as HTML.
const dom = (() => {
  const BOOLEAN = new Set(['hidden', 'checked', 'open']);

  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (BOOLEAN.has(key)) {
        made[key] = value;
      } else {
        made.setAttribute(key, value);
      }
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  function cell(column, row, first) {
    const value = column.of(row);
    const attributes = column.kind ? { class: column.kind } : {};
    return first ? el('th', { scope: 'row', ...attributes }, value) : el('td', attributes, value);
  }

  /** Columns are {title, of, kind}, of what a row is to a text or an element. */
  function table(caption, columns, rows) {
    const head = el('tr', {}, columns.map((c) =>
      el('th', { scope: 'col', ...(c.kind ? { class: c.kind } : {}) }, c.title)));
    const body = rows.map((row) => el('tr', {}, columns.map((column, at) => cell(column, row, at === 0))));
    const name = typeof caption === 'string' ? caption : caption.textContent;
    // The box scrolls, so the keyboard must be able to reach it.
    return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name },
      el('table', {}, el('caption', {}, caption), el('thead', {}, head), el('tbody', {}, body)));
  }

  function verdict(id) {
    return el('span', { class: `verdict ${id}` }, `${model.verdictSign(id)} ${model.verdictTitle(id)}`);
  }

  function content(section) {
    return document.querySelector(`#${section} .content`);
  }

  return { el, table, verdict, content };
})();
