// A plot with a row for each of its items: the name at the left, marks on a shared scale, a text at the right.
const rows = (() => {
  const AXIS_HEIGHT = 26;
  const TOP = 6;
  const GAP = '-';
  const LETTER = 7;

  const longest = (texts) => Math.max(0, ...texts.flatMap((text) => text.split('\n').map((line) => line.length)));

  // Names too long for their part of the width are cut.
  const room = (texts, width, part) => Math.min(longest(texts) * LETTER, width * part);

  function side(texts, position, width, colors) {
    return { type: 'category', inverse: true, position, data: texts.map((_, at) => String(at)),
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { interval: 0, width: width + 6, overflow: 'truncate',
        margin: 8, fontSize: 12, lineHeight: 15, formatter: (_, at) => texts[at],
        color: (_, at) => colors?.[at] || palette.color('ink') } };
  }

  /** Lines from one value to another, one in each of these rows: [row, from, to]. */
  function spans(parts, made, style) {
    return { type: 'line', silent: true, showSymbol: false, z: 2, lineStyle: { width: 2, ...style },
      data: parts.filter(([, from, to]) => made.fits(from) && made.fits(to))
        .flatMap(([row, from, to]) => [[made.at(from), row], [made.at(to), row], [GAP, row]]) };
  }

  /** Marks: [row, value]. */
  function marks(parts, made, look) {
    return { type: 'scatter', z: 3, cursor: 'default', symbolSize: 9, ...look,
      data: parts.filter(([, value]) => made.fits(value)).map(([row, value]) => [made.at(value), row]) };
  }

  /**
   * What plots.add wants of such a plot.
   *
   * made(most) gives the scale with at most so many marks, each markWidth wide; names(width), values(width) and colors() the
   * texts; series() what is drawn; tip(row) what shows on hovering.
   */
  function plot({ count, rowHeight, markWidth, made, names, values, colors, series, tip }) {
    return (width) => {
      const left = names(width);
      const right = values(width);
      const height = TOP + count * rowHeight + AXIS_HEIGHT;
      const leftRoom = room(left, width, 0.45);
      const rightRoom = room(right, width, 0.35);
      const scaleHere = made(Math.max(2, Math.floor((width - leftRoom - rightRoom) / markWidth)));
      return {
        height,
        option: {
          grid: { left: leftRoom + 14, right: rightRoom + 14, top: TOP, bottom: AXIS_HEIGHT },
          xAxis: scale.axis(scaleHere),
          yAxis: [side(left, 'left', leftRoom), side(right, 'right', rightRoom, colors?.())],
          tooltip: plots.tooltip((point) => tip(point.data[1])),
          series: [scale.lines(scaleHere, 'xAxis'),
            // The axis at the right shows itself only if something is on it.
            { type: 'scatter', yAxisIndex: 1, data: [] }, ...series(scaleHere)],
        },
      };
    };
  }

  return { plot, spans, marks };
})();
