// Ratios with their intervals, a row each, grouped by measure and mechanism.
const forest = (() => {
  const ROW = 38;
  // A plot higher than a sheet of paper would be cut.
  const MOST_ROWS = 22;
  const WIDE = 560;

  function chunks(found) {
    const parts = [];
    for (const mechanism of model.distinct(found.map((r) => r.mechanism))) {
      let group = found.filter((r) => r.mechanism === mechanism);
      while (group.length > 0) {
        const last = parts[parts.length - 1];
        if (last && last.length + group.length <= MOST_ROWS) {
          last.push(...group);
          group = [];
        } else {
          parts.push(group.slice(0, MOST_ROWS));
          group = group.slice(MOST_ROWS);
        }
      }
    }
    return parts;
  }

  function value(ratio, width) {
    const sign = model.verdictSign(model.verdict(ratio));
    if (width < WIDE) {
      return `${units.ratio(ratio.median)} ${model.hasTarget(ratio) ? sign : ''}`;
    }
    const target = model.hasTarget(ratio)
      ? `\n${model.bound(ratio)}  ${sign} ${model.verdictTitle(model.verdict(ratio))}` : '';
    return `${units.ratio(ratio.median)}  (${model.interval(ratio)})${target}`;
  }

  function tip(ratio, title) {
    return plots.tip(title(ratio), [
      ['median', units.ratio(ratio.median)], ['95 % interval', model.interval(ratio)],
      ['target', model.bound(ratio)], ['verdict', model.verdictTitle(model.verdict(ratio))]]);
  }

  function series(part, made) {
    const numbered = part.map((ratio, row) => [row, ratio]);
    const byVerdict = model.distinct(part.map(model.verdict)).flatMap((verdict) => {
      const { color, symbol, itemStyle } = palette.verdict(verdict);
      const mine = numbered.filter(([, ratio]) => model.verdict(ratio) === verdict);
      return [
        rows.spans(mine.map(([row, r]) => [row, r.low, r.high]), made, { color, width: 2.5 }),
        rows.marks(mine.map(([row, r]) => [row, r.median]), made,
          { symbol, symbolSize: verdict === 'none' ? 7 : 10, itemStyle }),
      ];
    });
    const targets = numbered.filter(([, r]) => model.hasTarget(r)).map(([row, r]) => [row, r.target]);
    return [...byVerdict, rows.marks(targets, made, { symbol: 'rect', symbolSize: [2.5, 24], silent: true, z: 1,
      itemStyle: { color: palette.color('ink'), opacity: 1 } }), equal(made)];
  }

  // Where both are the same.
  function equal(made) {
    const inside = made.min <= 0 && made.max >= 0;
    return { type: 'line', data: [], silent: true, z: 0, markLine: { silent: true, symbol: 'none', animation: false,
      label: { show: false }, lineStyle: { type: 'dashed', width: 1, color: palette.color('muted') },
      data: inside ? [{ xAxis: 0 }] : [] } };
  }

  function label(part, title) {
    return `${title}. ${part.map((r) => `${r.mechanism}, ${r.of} to ${r.to}: ${units.ratio(r.median)}, from `
      + `${units.ratio(r.low)} to ${units.ratio(r.high)}, target ${model.bound(r)}, `
      + `${model.verdictTitle(model.verdict(r))}`).join('; ')}`;
  }

  /**
   * What plots.add wants for these, on a scale for all; name(r, width) is the text of a row, title(r) that of what shows
   * on hovering.
   */
  function plot(part, all, name, title, rowHeight = ROW) {
    const values = all.flatMap((r) => [r.median, r.low, r.high, r.target, 1]);
    return rows.plot({
      count: part.length,
      rowHeight,
      markWidth: 44,
      made: (most) => scale.of(values, (v) => String(v), most),
      names: (width) => part.map((r) => name(r, width)),
      values: (width) => part.map((r) => value(r, width)),
      colors: () => part.map((r) => palette.color(model.verdict(r))),
      series: (made) => series(part, made),
      tip: (row) => tip(part[row], title),
    });
  }

  function measure(place, found, id, where) {
    const better = id === 'throughput' ? 'further right is better' : 'further left is better';
    chunks(found).forEach((part, at) => {
      const title = `Ratios of ${model.measureTitle(id)}${at > 0 ? ', continued' : ''}`;
      plots.add(place, title, `${where}; ${better}`, label(part, `${title}, ${where}`),
        plot(part, found, (r) => `${r.mechanism}\n${r.of} / ${r.to}`, (r) => `${r.mechanism}: ${r.of} / ${r.to}`));
    });
  }

  function show(place, found, where) {
    const panels = dom.el('div', { class: 'panels one' });
    place.append(panels);
    for (const id of model.measures) {
      const mine = found.filter((r) => r.measure === id);
      if (mine.length > 0) {
        measure(panels, mine, id, where);
      }
    }
  }

  return { show, plot, WIDE };
})();
