// Throughput by size: for each mechanism two panels, lines over sizes; with a single size, rows instead.
const throughput = (() => {
  const ROW = 24;
  const HEIGHT = 230;
  const GRID = { left: 62, top: 10, bottom: 26 };
  const LABEL_GAP = 13;
  // Lower, and a name would touch those of the sizes.
  const LOWEST = HEIGHT - GRID.bottom - 7;
  const LETTER = 6.7;

  const KINDS = [
    { title: 'messages', value: (r) => r.messagesPerSecond, format: units.rate, binary: false },
    { title: 'bytes', value: (r) => r.bytesPerSecond, format: units.byteRate, binary: true },
  ];

  // Pushes the names at the ends of the lines apart; gives how far each one moves down.
  function shifts(tops) {
    const order = tops.map((top, at) => ({ top, at })).sort((a, b) => a.top - b.top);
    let free = -Infinity;
    for (const one of order) {
      one.to = Math.max(one.top, free);
      free = one.to + LABEL_GAP;
    }
    const excess = Math.max(0, free - LABEL_GAP - (LOWEST));
    const moved = [];
    order.forEach((one) => { moved[one.at] = one.to - one.top; });
    if (excess > 0) {
      for (let at = order.length - 1, below = LOWEST; at >= 0; at--) {
        const one = order[at];
        one.to = Math.min(one.to, below);
        below = one.to - LABEL_GAP;
        moved[one.at] = one.to - one.top;
      }
    }
    return moved;
  }

  function lineSeries(contender, found, kind, made) {
    const { color, symbol, dash, itemStyle } = palette.contender(contender);
    const data = model.sizes.map((size) => {
      const result = found.find((r) => r.contender === contender && r.size === size);
      return result && made.fits(kind.value(result)) ? made.at(kind.value(result)) : null;
    });
    return { type: 'line', name: contender, data, symbol, symbolSize: 7, color, connectNulls: true,
      lineStyle: { color, width: 2, type: dash }, itemStyle };
  }

  // Points that nobody sees, with the names of the lines beside them.
  function endNames(series, made) {
    const height = HEIGHT - GRID.top - GRID.bottom;
    const ends = series.map((line) => line.data.map((v, at) => [at, v]).filter(([, v]) => v !== null).pop());
    const tops = ends.map((end) => GRID.top + height * (1 - (end[1] - made.min) / (made.max - made.min)));
    const moved = shifts(tops);
    return { type: 'scatter', silent: true, symbol: 'rect', symbolSize: 1, z: 4,
      itemStyle: { color: 'transparent', opacity: 1 },
      tooltip: { show: false }, data: ends.map((end, at) => ({ value: end, label: { show: true, position: 'right',
        formatter: series[at].name.replaceAll('{', '('), color: series[at].color, fontSize: 11, distance: 10,
        offset: [0, moved[at]] } })) };
  }

  function linePlot(found, kind, all) {
    const contenders = model.distinct(found.map((r) => r.contender));
    return () => {
      const made = scale.of(all, kind.format, 6, kind.binary);
      const series = contenders.map((name) => lineSeries(name, found, kind, made))
        .filter((line) => line.data.some((v) => v !== null));
      const right = Math.max(...contenders.map((name) => name.length)) * LETTER + 14;
      return { height: HEIGHT, option: {
        grid: { ...GRID, right },
        xAxis: { type: 'category', data: model.sizes.map(units.bytes), boundaryGap: ['5%', '5%'],
          axisLine: { lineStyle: { color: palette.color('line') } }, axisTick: { show: false },
          axisLabel: { color: palette.color('muted'), fontSize: 11 } },
        yAxis: scale.axis(made),
        tooltip: plots.tooltip((points) => tip(points, found, kind), 'axis'),
        series: [scale.lines(made, 'yAxis'), ...series, endNames(series, made)],
      } };
    };
  }

  function tip(points, found, kind) {
    const at = points[0]?.dataIndex ?? 0;
    const here = found.filter((r) => r.size === model.sizes[at]).sort((a, b) => kind.value(b) - kind.value(a));
    return plots.tip(units.bytes(model.sizes[at]), here.map((r) => [r.contender, kind.format(kind.value(r))]));
  }

  function rowPlot(found, kind, all) {
    return rows.plot({
      count: found.length,
      rowHeight: ROW,
      markWidth: 60,
      made: (most) => scale.of(all, kind.format, most, kind.binary),
      names: () => found.map((r) => r.contender),
      values: () => found.map((r) => kind.format(kind.value(r))),
      series: (made) => found.map((r, row) => {
        const { color } = palette.contender(r.contender);
        return rows.marks([[row, kind.value(r)]], made, { symbol: 'circle', symbolSize: 9,
          itemStyle: palette.shape(color) });
      }),
      tip: (row) => plots.tip(found[row].contender, [[kind.title, kind.format(kind.value(found[row]))]]),
    });
  }

  function panel(place, mechanism, found, kind, all, where) {
    const mine = found.filter((r) => r.mechanism === mechanism && units.isNumber(kind.value(r)))
      .sort(model.byContender);
    if (mine.length === 0) {
      return;
    }
    const sizes = model.distinct(mine.map((r) => r.size));
    const spoken = `${mechanism}, ${kind.title} per second, ${where}. ${mine.map((r) => `${r.contender}, `
      + `${units.bytes(r.size)}: ${kind.format(kind.value(r))}`).join('; ')}`;
    const note = sizes.length === 1 ? `${where}, ${units.bytes(sizes[0])}` : where;
    plots.add(place, `${mechanism}: ${kind.title} per second`, note, spoken,
      sizes.length === 1 ? rowPlot(mine, kind, all) : linePlot(mine, kind, all));
  }

  function show(place, results, where) {
    const found = results.filter((r) => KINDS.some((kind) => units.isNumber(kind.value(r))));
    const panels = dom.el('div', { class: 'panels' });
    place.append(panels);
    for (const mechanism of model.distinct(found.map((r) => r.mechanism))) {
      for (const kind of KINDS) {
        panel(panels, mechanism, found, kind, found.map(kind.value), where);
      }
    }
    return found.length;
  }

  return { show };
})();
