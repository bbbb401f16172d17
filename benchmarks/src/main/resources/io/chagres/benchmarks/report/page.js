// Puts the parts into the page.
(() => {
  const PLOTS = ['ratios', 'latency', 'throughput', 'allocation'];
  const EXCHANGE = [...PLOTS, 'disturbance', 'data'];

  function key(id, entries) {
    document.getElementById(id).append(...entries.map(([shape, text]) => {
      const box = dom.el('span', {});
      // Ours, not of the report.
      box.innerHTML = `<svg viewBox="0 0 26 16" aria-hidden="true">${shape}</svg>`;
      box.append(text);
      return box;
    }));
  }

  function keys() {
    const fill = (id) => `style="fill:var(--${id});stroke:var(--${id})"`;
    key('ratio-key', [
      [`<circle cx="13" cy="8" r="6" ${fill('met')}/>`, 'met'],
      [`<path d="M13 2L20 14H6Z" ${fill('missed')}/>`, 'missed'],
      ['<path d="M13 2L19 8L13 14L7 8Z" style="fill:none;stroke:var(--undecided);stroke-width:2.5"/>', 'undecided'],
      [`<rect x="9" y="4" width="8" height="8" ${fill('none')}/>`, 'no target'],
      [`<rect x="12" y="0" width="2.5" height="16" ${fill('ink')}/>`, 'target'],
      ['<path d="M13 0V16" style="stroke:var(--muted);stroke-dasharray:3 2"/>', 'equal'],
    ]);
    key('latency-key', [
      [`<circle cx="13" cy="8" r="5.5" ${fill('ink')}/>`, 'p50'],
      [`<rect x="11.5" y="1" width="3" height="14" ${fill('ink')}/>`, 'p99'],
      ['<circle cx="13" cy="8" r="4" style="fill:none;stroke:var(--ink);stroke-width:2"/>', 'p99.9'],
    ]);
  }

  function where(placement, size) {
    return [placement === undefined ? null : model.placementTitle(placement),
      size === undefined ? null : units.bytes(size)]
      .filter((part) => part !== null).join(', ');
  }

  function emptyNote(place, count) {
    if (count === 0) {
      place.append(tables.nothing('Nothing was measured here.'));
    } else if (!plots.available) {
      place.append(tables.nothing('The plots are missing; the numbers are under “All data”.'));
    } else if (model.placements.length > 1 || model.sizes.length > 1) {
      place.append(dom.el('p', { class: 'paper-only muted' }, 'Other placements and sizes are under “All data”.'));
    }
  }

  function drawPlots() {
    const { placement, size, targets } = filters.chosen;
    const places = Object.fromEntries(PLOTS.map((id) => [id, dom.content(id)]));
    Object.values(places).forEach(plots.remove);
    const here = (r) => r.placement === placement && r.size === size;
    const results = model.results.filter(here);
    const promised = model.ratios.filter((r) => here(r) && model.hasTarget(r));
    const ratios = targets && promised.length > 0 ? promised : model.ratios.filter(here);
    const said = where(placement, size);

    forest.show(places.ratios, ratios, said);
    emptyNote(places.ratios, ratios.length);
    emptyNote(places.latency, latency.show(places.latency, results, said));
    emptyNote(places.throughput,
      throughput.show(places.throughput, model.results.filter((r) => r.placement === placement), where(placement)));
    places.allocation.append(tables.allocation(results, said));
  }

  function contents() {
    const links = [...document.querySelectorAll('main section')].map((section) => dom.el('li', {},
      dom.el('a', { href: `#${section.id}` }, section.querySelector('h2').textContent)));
    document.getElementById('contents').append(dom.el('ul', {}, links));
  }

  // The other parts; what was not measured has no section.
  function parts() {
    const absent = model.tellsOfExchanges ? [] : EXCHANGE;
    absent.forEach((id) => document.getElementById(id).remove());
    for (const [id, found, part] of [['calls', model.calls, calls], ['start-up', model.startUp, startUp]]) {
      if (found.length > 0) {
        part.show(dom.content(id));
      } else {
        document.getElementById(id).remove();
      }
    }
  }

  // Paper cannot unfold.
  let unfolded = [];
  window.addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll('details:not([open])')];
    unfolded.forEach((one) => { one.open = true; });
  });
  window.addEventListener('afterprint', () => unfolded.forEach((one) => { one.open = false; }));

  document.getElementById('run').textContent = summary.run();
  document.getElementById('ended-early').hidden = model.report.complete !== false;
  document.getElementById('no-plots').hidden = plots.available;
  dom.content('summary').append(...summary.targets());
  dom.content('machine').append(...summary.machine());
  dom.content('disturbance').append(...tables.disturbance());
  dom.content('left-out').append(tables.leftOut());
  dom.content('data').append(...tables.data());
  keys();
  filters.show(drawPlots);
  drawPlots();
  parts();
  contents();
})();
