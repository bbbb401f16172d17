// The tables: allocation, what was disturbed, what was left out, and all the data.
const tables = (() => {
  const NUMBER = 'number';
  // With more rows than these the mechanisms fold away.
  const SHORT = 80;
  const placement = { title: 'placement', of: (r) => model.placementTitle(r.placement) };
  const size = { title: 'size', kind: NUMBER, of: (r) => units.bytes(r.size) };
  const mechanism = { title: 'mechanism', of: (r) => r.mechanism };
  const contender = { title: 'contender', of: (r) => r.contender };

  const RATIO = [
    { title: 'ratio', of: (r) => `${r.of} / ${r.to}` },
    { title: 'measure', of: (r) => model.measureTitle(r.measure) },
    placement,
    size,
    { title: 'median', kind: NUMBER, of: (r) => units.ratio(r.median) },
    { title: '95 % interval', kind: NUMBER, of: model.interval },
    { title: 'target', kind: NUMBER, of: model.bound },
    { title: 'verdict', of: (r) => dom.verdict(model.verdict(r)) },
  ];

  const time = (key) => (r) => units.time(r.roundTripNanos?.[key]);
  const RESULT = [
    contender,
    placement,
    size,
    { title: 'p50', kind: NUMBER, of: time('p50') },
    { title: 'p99', kind: NUMBER, of: time('p99') },
    { title: 'p99.9', kind: NUMBER, of: time('p999') },
    { title: 'messages', kind: NUMBER, of: (r) => units.rate(r.messagesPerSecond) },
    { title: 'bytes', kind: NUMBER, of: (r) => units.byteRate(r.bytesPerSecond) },
    { title: 'allocated', kind: NUMBER, of: (r) => units.bytes(r.allocatedBytesPerOperation) },
    { title: 'rounds', kind: NUMBER, of: (r) => units.count(r.rounds) },
    { title: 'disturbed', kind: NUMBER, of: (r) => units.count(r.disturbedRounds) },
    { title: 'foreign CPU', kind: NUMBER, of: (r) => units.share(r.foreignCpu) },
  ];

  const nothing = (text) => dom.el('p', { class: 'muted' }, text);
  const ratios = (caption, found) => dom.table(caption, [mechanism, ...RATIO], found);

  /** A row for each mechanism, a column for each contender. */
  function allocation(results, where) {
    const found = results.filter((r) => units.isNumber(r.allocatedBytesPerOperation));
    if (found.length === 0) {
      return nothing('Nothing was measured here.');
    }
    const contenders = model.contenders.filter((name) => found.some((r) => r.contender === name));
    const cell = (name) => (row) => {
      const result = found.find((r) => r.mechanism === row && r.contender === name);
      return result ? units.bytes(result.allocatedBytesPerOperation) : '';
    };
    return dom.table(`Allocated bytes per operation, ${where}`,
      [{ title: 'mechanism', of: (row) => row },
        ...contenders.map((name) => ({ title: name, kind: NUMBER, of: cell(name) }))],
      model.distinct(found.map((r) => r.mechanism)));
  }

  function disturbance() {
    const all = model.results;
    if (all.length === 0) {
      return [nothing('Nothing was measured.')];
    }
    const sum = (key) => all.reduce((total, r) => total + (r[key] ?? 0), 0);
    const disturbed = all.filter((r) => r.disturbedRounds > 0).sort((a, b) => b.disturbedRounds - a.disturbedRounds);
    const cpu = all.map((r) => r.foreignCpu).filter(units.isNumber).sort((a, b) => a - b);
    const middle = cpu[Math.floor(cpu.length / 2)];
    const said = dom.el('p', {},
      `${units.count(sum('disturbedRounds'))} of ${units.count(sum('rounds'))} rounds stayed `
      + 'disturbed by other processes although they were repeated. Other processes used '
      + `${units.share(middle)} of one CPU in the median, and ${units.share(cpu[cpu.length - 1])} at most.`);
    return disturbed.length === 0 ? [said] : [said,
      dom.table('Where rounds stayed disturbed',
        [mechanism, contender, placement, size, ...RESULT.slice(-3)], disturbed)];
  }

  function leftOut() {
    const every = (value) => value ?? 'all';
    const inExchange = (r, text) => (r.mechanism === undefined ? units.NONE : text);
    return model.leftOut.length === 0 ? nothing('Nothing was left out.')
      : dom.table('What was not measured, and why', [
        { title: 'what', of: (r) => r.mechanism ?? r.benchmark ?? '' },
        { title: 'contender', of: (r) => every(r.contender) },
        { title: 'placement', of: (r) => inExchange(r, r.placement ? model.placementTitle(r.placement) : 'all') },
        { title: 'size', kind: NUMBER, of: (r) => inExchange(r, units.isNumber(r.size) ? units.bytes(r.size) : 'all') },
        { title: 'reason', kind: 'text', of: (r) => r.reason },
      ], model.leftOut);
  }

  function inOrder(a, b) {
    return model.byContender(a, b) || model.placements.indexOf(a.placement) - model.placements.indexOf(b.placement)
      || a.size - b.size;
  }

  function dataOf(id) {
    const results = model.results.filter((r) => r.mechanism === id).sort(inOrder);
    const found = model.ratios.filter((r) => r.mechanism === id);
    const caption = (text) => dom.el('span', {}, dom.el('strong', {}, id), text);
    return [results.length ? dom.table(caption(': what each contender has shown'), RESULT, results) : null,
      found.length ? dom.table(caption(': ratios'), RATIO, found) : null];
  }

  function data() {
    const count = model.results.length + model.ratios.length;
    if (count === 0) {
      return [nothing('Nothing was measured.')];
    }
    return model.mechanisms.map((id) => dom.el('details', { open: count <= SHORT },
      dom.el('summary', {}, dom.el('h3', {}, id)), dataOf(id)));
  }

  return { ratios, allocation, disturbance, leftOut, data, nothing };
})();
