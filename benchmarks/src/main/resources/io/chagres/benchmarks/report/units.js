// Every number on the page is written here. Units.java writes them alike for the document.
const units = (() => {
  const NONE = '–';
  const TIMES = [[1e9, 's'], [1e6, 'ms'], [1e3, 'us'], [1, 'ns']];
  const COUNTS = [[1e9, 'G/s'], [1e6, 'M/s'], [1e3, 'k/s'], [1, '/s']];
  const BYTES = [[2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB'], [1, 'B']];
  // So that 999.9 ns is 1 us and not 1000 ns.
  const NEARLY = 0.9995;

  const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

  function digits(value) {
    if (Number.isInteger(value)) {
      return value.toLocaleString('en');
    }
    const size = Math.abs(value);
    const places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return value.toLocaleString('en', { minimumFractionDigits: places, maximumFractionDigits: places });
  }

  function scaled(value, steps, suffix = '') {
    if (!isNumber(value)) {
      return NONE;
    }
    const [factor, unit] = steps.find(([step]) => Math.abs(value) >= step * NEARLY) ?? steps[steps.length - 1];
    return `${digits(value / factor)} ${unit}${suffix}`;
  }

  return {
    NONE,
    isNumber,
    time: (nanos) => scaled(nanos, TIMES),
    rate: (perSecond) => scaled(perSecond, COUNTS),
    byteRate: (perSecond) => scaled(perSecond, BYTES, '/s'),
    bytes: (count) => scaled(count, BYTES),
    ratio: (value) => (isNumber(value) ? value.toFixed(value >= 99.95 ? 0 : value >= 9.9995 ? 1 : 3) : NONE),
    target: (value) => (isNumber(value) ? String(value) : NONE),
    share: (value) => (isNumber(value) ? `${(100 * value).toFixed(1)} %` : NONE),
    count: (value) => (isNumber(value) ? value.toLocaleString('en') : NONE),
    duration(seconds) {
      if (!isNumber(seconds)) {
        return NONE;
      }
      const parts = [[3600, 'h'], [60, 'min'], [1, 's']];
      let rest = Math.round(seconds);
      const words = [];
      for (const [step, unit] of parts) {
        const count = Math.floor(rest / step);
        rest -= count * step;
        if (count > 0) {
          words.push(`${count} ${unit}`);
        }
      }
      return words.slice(0, 2).join(' ') || '0 s';
    },
  };
})();
