// Logarithmic scales that begin and end at the data. The library's own go from power of ten to power of ten, which
// leaves a ratio of 1.04 without a single mark; so values are plotted as their logarithms, and the marks are made here.
const scale = (() => {
  const MANTISSAS = [[1, 2, 5], [1, 3], [1]];
  const STEPS = [1, 2, 2.5, 5, 10];
  const BINARY_STEPS = [1, 2, 5, 10, 20];
  const PADDING = 0.04;
  // Below this span the marks are evenly spaced in what is measured.
  const NARROW = 4;

  function even(low, high, most) {
    const rough = (high - low) / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = STEPS.map((s) => s * power).find((s) => s >= rough);
    const marks = [];
    for (let at = Math.ceil(low / step); at * step <= high; at++) {
      marks.push(Number((at * step).toPrecision(6)));
    }
    return marks;
  }

  function decades(low, high, mantissas, every = 1) {
    const marks = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
      if (power % every === 0) {
        marks.push(...mantissas.map((m) => Number((m * 10 ** power).toPrecision(3))));
      }
    }
    return marks.filter((mark) => mark >= low && mark <= high);
  }

  function marksFor(low, high, most) {
    if (high / low < NARROW) {
      return even(low, high, most);
    }
    const found = MANTISSAS.map((m) => decades(low, high, m)).find((marks) => marks.length <= most);
    return found ?? decades(low, high, [1], 2);
  }

  function powersOfTwo(low, high, step) {
    const marks = [];
    for (let power = Math.ceil(Math.log2(low) / step); 2 ** (power * step) <= high; power++) {
      marks.push(2 ** (power * step));
    }
    return marks;
  }

  // Marks that are whole numbers of bytes, KiB, MiB.
  function binaryMarksFor(low, high, most) {
    if (high / low < NARROW) {
      const unit = 1024 ** Math.floor(Math.log2(low) / 10);
      return even(low / unit, high / unit, most).map((mark) => mark * unit);
    }
    return BINARY_STEPS.map((step) => powersOfTwo(low, high, step)).find((marks) => marks.length <= most) ?? [];
  }

  /** A scale for these values with at most so many marks; of bytes, if the marks shall be even in those. */
  function of(values, format, most = 6, ofBytes = false) {
    const usable = values.filter((value) => units.isNumber(value) && value > 0);
    let low = usable.length ? Math.min(...usable) : 1;
    let high = usable.length ? Math.max(...usable) : 10;
    if (high / low < 1.05) {
      low /= 1.05;
      high *= 1.05;
    }
    const room = (high / low) ** PADDING;
    low /= room;
    high *= room;
    return {
      min: Math.log10(low),
      max: Math.log10(high),
      at: (value) => Math.log10(value),
      fits: (value) => units.isNumber(value) && value > 0,
      marks: (ofBytes ? binaryMarksFor : marksFor)(low, high, most)
        .map((value) => ({ at: Math.log10(value), text: format(value) })),
    };
  }

  /** The axis of a scale; the marks are drawn by lines(). */
  function axis(made) {
    return { type: 'value', min: made.min, max: made.max, axisLabel: { show: false }, axisTick: { show: false },
      axisLine: { show: false }, splitLine: { show: false } };
  }

  /** A series with nothing but the grid lines and their texts; direction is xAxis or yAxis. */
  function lines(made, direction) {
    return { type: 'line', data: [], silent: true, z: 0,
      markLine: { silent: true, symbol: 'none', animation: false, precision: 12,
        // Rows are counted from the top, so the end of an upright line is at the bottom.
        label: { position: direction === 'xAxis' ? 'end' : 'start', formatter: '{b}',
          color: palette.color('muted'), fontSize: 11, distance: 6 },
        lineStyle: { type: 'solid', width: 1, color: palette.color('grid') },
        data: made.marks.map((mark) => ({ [direction]: mark.at, name: mark.text })) } };
  }

  return { of, axis, lines };
})();
