// What calls and operations cost, and their targets.
const calls = (() => {
  const NUMBER = 'number';

  /** The rows of model.callTargets in a table. */
  function targets(caption, found) {
    return dom.table(caption, [
      { title: 'what', of: (t) => t.what },
      { title: 'measured', kind: NUMBER, of: (t) => t.measured },
      { title: 'bound', kind: NUMBER, of: model.boundText },
      { title: 'verdict', of: (t) => dom.verdict(model.verdict(t)) },
    ], found);
  }

  function show(place) {
    place.append(dom.table('What a call or an operation costs', [
      { title: 'what was done', of: (c) => c.benchmark },
      { title: 'contender', of: (c) => c.contender },
      { title: 'time', kind: NUMBER, of: (c) => units.time(c.nanosPerOperation) },
      { title: '±', kind: NUMBER, of: (c) => units.time(c.error) },
      { title: 'allocated', kind: NUMBER, of: (c) => units.bytes(c.allocatedBytesPerOperation) },
      { title: 'rounds', kind: NUMBER, of: (c) => String(c.rounds) },
    ], model.calls));
    if (model.callTargets.length > 0) {
      place.append(targets('Targets of calls', model.worstFirst(model.callTargets)));
    }
  }

  return { show, targets };
})();
