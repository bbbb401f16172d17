// Percentiles of round trips: a panel for each mechanism, a row for each contender, one scale for all.
const latency = (() => {
  const ROW = 24;

  const nanos = (result) => result.roundTripNanos;

  function tip(result) {
    return plots.tip(result.contender, [['p50', units.time(nanos(result).p50)], ['p99', units.time(nanos(result).p99)],
      ['p99.9', units.time(nanos(result).p999)]]);
  }

  function series(found, made) {
    return found.flatMap((result, row) => {
      const { color } = palette.contender(result.contender);
      const { p50, p99, p999 } = nanos(result);
      return [
        rows.spans([[row, p50, p999]], made, { color, width: 2, opacity: 0.55 }),
        rows.marks([[row, p50]], made, { symbol: 'circle', symbolSize: 9, itemStyle: palette.shape(color) }),
        rows.marks([[row, p99]], made, { symbol: 'rect', symbolSize: [3, 13], itemStyle: { color, opacity: 1 } }),
        rows.marks([[row, p999]], made, { symbol: 'circle', symbolSize: 6,
          itemStyle: palette.shape(color, true) }),
      ];
    });
  }

  function label(mechanism, found, where) {
    return `Round trips of ${mechanism}, ${where}. ${found.map((r) =>
      `${r.contender}: p50 ${units.time(nanos(r).p50)}, `
      + `p99 ${units.time(nanos(r).p99)}, p99.9 ${units.time(nanos(r).p999)}`).join('; ')}`;
  }

  function show(place, results, where) {
    const measured = results.filter(nanos);
    const all = measured.flatMap((r) => [nanos(r).p50, nanos(r).p99, nanos(r).p999]);
    const panels = dom.el('div', { class: 'panels' });
    place.append(panels);
    for (const mechanism of model.distinct(measured.map((r) => r.mechanism))) {
      const found = measured.filter((r) => r.mechanism === mechanism).sort(model.byContender);
      plots.add(panels, mechanism, where, label(mechanism, found, where), rows.plot({
        count: found.length,
        rowHeight: ROW,
        markWidth: 46,
        made: (most) => scale.of(all, units.time, most),
        names: () => found.map((r) => r.contender),
        values: () => found.map((r) => units.time(nanos(r).p50)),
        series: (made) => series(found, made),
        tip: (row) => tip(found[row]),
      }));
    }
    return measured.length;
  }

  return { show };
})();
