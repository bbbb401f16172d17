// The report, and the order in which the page shows its parts.
const model = (() => {
  const report = JSON.parse(document.getElementById('report-data').textContent);
  const results = report.results ?? [];
  const ratios = report.ratios ?? [];
  const calls = report.calls ?? [];
  const startUp = report.startUp ?? [];
  const everything = [...results, ...ratios];

  const CONTENDERS = ['chagres', 'chagres-call', 'c-threaded', 'c', 'jdk', 'agrona', 'agrona-many', 'aeron',
    'chronicle', 'junixsocket', 'jctools', 'disruptor'];
  const PLACEMENTS = ['same', 'split', 'free'];
  const PLACEMENT_TITLES = { same: 'one core', split: 'two cores', free: 'free' };
  const MEASURES = ['roundTrip', 'throughput'];
  const MEASURE_TITLES = { roundTrip: 'round trip', throughput: 'throughput' };
  const VERDICTS = {
    missed: { title: 'missed', sign: '✗' },
    undecided: { title: 'undecided', sign: '?' },
    met: { title: 'met', sign: '✓' },
    none: { title: 'no target', sign: '–' },
  };

  const WORST_FIRST = ['missed', 'undecided', 'met'];

  const distinct = (values) => [...new Set(values)];

  // What is known first, in the order above; then the rest by name.
  function ordered(values, known) {
    const place = (value) => (known.includes(value) ? known.indexOf(value) : known.length);
    return distinct(values).sort((a, b) => place(a) - place(b) || String(a).localeCompare(String(b), 'en'));
  }

  const contenders = ordered([...results.map((r) => r.contender), ...ratios.flatMap((r) => [r.of, r.to])], CONTENDERS);

  const verdict = (ratio) => (Object.hasOwn(VERDICTS, ratio.verdict) ? ratio.verdict : 'none');

  return {
    report,
    results,
    ratios,
    calls,
    callTargets: report.callTargets ?? [],
    startUp,
    tellsOfExchanges: everything.length > 0 || (calls.length === 0 && startUp.length === 0),
    leftOut: report.leftOut ?? [],
    contenders,
    unknown: contenders.filter((name) => !CONTENDERS.includes(name)),
    mechanisms: distinct(everything.map((r) => r.mechanism)),
    placements: ordered(everything.map((r) => r.placement), PLACEMENTS),
    sizes: distinct(everything.map((r) => r.size)).sort((a, b) => a - b),
    measures: ordered(ratios.map((r) => r.measure), MEASURES),
    distinct,
    placementTitle: (id) => PLACEMENT_TITLES[id] ?? id,
    measureTitle: (id) => MEASURE_TITLES[id] ?? id,
    verdict,
    WORST_FIRST,
    worstFirst: (found) => WORST_FIRST.flatMap((id) => found.filter((one) => verdict(one) === id)),
    verdictTitle: (id) => VERDICTS[id].title,
    verdictSign: (id) => VERDICTS[id].sign,
    hasTarget: (ratio) => units.isNumber(ratio.target),
    // A time may be at most its target, a rate must be at least that.
    bound: (ratio) => (units.isNumber(ratio.target)
      ? `${ratio.measure === 'throughput' ? '≥' : '≤'} ${units.target(ratio.target)}` : units.NONE),
    // As the data has it, in better letters.
    boundText: (target) => target.bound.replaceAll('<=', '≤'),
    byContender: (a, b) => contenders.indexOf(a.contender) - contenders.indexOf(b.contender),
    interval: (ratio) => `${units.ratio(ratio.low)} – ${units.ratio(ratio.high)}`,
  };
})();
