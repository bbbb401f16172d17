// The plots that are on the page: drawn again when the colours, the width or the medium change.
const plots = (() => {
  const live = new Map();
  const available = typeof echarts !== 'undefined';

  function draw(host) {
    const { chart, make } = live.get(host);
    const width = host.clientWidth;
    if (width === 0) {
      return;
    }
    const { height, option } = make(width);
    host.style.height = `${height}px`;
    chart.resize({ width, height, animation: { duration: 0 } });
    // The grid lines are mark lines, which lie above all else unless this says otherwise.
    chart.setOption({ animation: false, textStyle: palette.text(), markLine: { z: 0 }, ...option }, true);
    // For paper, where the style sheet scales the drawing.
    host.querySelector('svg')?.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }

  function drawAll() {
    for (const host of live.keys()) {
      draw(host);
    }
  }

  /**
   * Puts a plot into a place. make is given the width and returns {height, option}; label says in words what the plot
   * shows, for those who do not see it.
   */
  function add(place, caption, note, label, make) {
    if (!available) {
      return;
    }
    const host = dom.el('div', { class: 'plot', role: 'img', 'aria-label': label });
    place.append(dom.el('figure', {},
      dom.el('figcaption', {}, caption, note ? dom.el('small', {}, ` ${note}`) : null), host));
    host.style.height = '1px';
    live.set(host, { chart: echarts.init(host, null, { renderer: 'svg', width: 100, height: 100 }), make });
    draw(host);
    watch.observe(host);
  }

  function remove(place) {
    for (const [host, { chart }] of live) {
      if (place.contains(host)) {
        watch.unobserve(host);
        chart.dispose();
        live.delete(host);
      }
    }
    place.replaceChildren();
  }

  const widths = new WeakMap();
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (live.has(target) && widths.get(target) !== target.clientWidth && !printing) {
        widths.set(target, target.clientWidth);
        draw(target);
      }
    }
  });

  let printing = false;

  function print(on) {
    printing = on;
    document.documentElement.classList.toggle('printing', on);
    document.documentElement.toggleAttribute('data-theme', false);
    if (on) {
      document.documentElement.dataset.theme = 'light';
    }
    drawAll();
  }

  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

  /** What shows on hovering; lines are pairs of texts. */
  function tip(title, lines) {
    return dom.el('div', { class: 'tip' }, dom.el('strong', {}, title),
      lines.map(([name, value]) => dom.el('div', {}, dom.el('span', {}, name), dom.el('span', {}, value))));
  }

  const tooltip = (formatter, trigger = 'item') => ({ trigger, formatter, confine: true, transitionDuration: 0,
    backgroundColor: palette.color('surface'), borderColor: palette.color('line'), textStyle: palette.text() });

  return { available, add, remove, tip, tooltip };
})();
