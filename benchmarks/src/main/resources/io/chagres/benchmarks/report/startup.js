// What a cold JVM costs, as multiples of hello world.
const startUp = (() => {
  const MANY = 20;
  // Three lines of a name.
  const ROW = 46;
  const NUMBER = 'number';

  // On narrow screens, names in lines of a few words.
  function name(cost, width) {
    if (width >= forest.WIDE) {
      return cost.contender;
    }
    return cost.contender.split(' ').reduce((text, word) => {
      const line = text.split('\n').pop();
      return `${text}${line.length + word.length < MANY ? ' ' : '\n'}${word}`;
    });
  }

  function label(costs) {
    return `Start-up as multiples of hello world. ${costs.map((c) => `${c.contender}: ${units.ratio(c.median)}, from `
      + `${units.ratio(c.low)} to ${units.ratio(c.high)}, target ${model.bound(c)}`).join('; ')}`;
  }

  function show(place) {
    const costs = model.startUp;
    const panels = dom.el('div', { class: 'panels one' });
    place.append(panels);
    plots.add(panels, 'Start-up', 'multiples of hello world; further left is better', label(costs),
      forest.plot(costs, costs, name, (c) => c.contender, ROW));
    place.append(dom.table('Wall time of a cold JVM as a multiple of hello world’s', [
      { title: 'what the JVM does', of: (c) => c.contender },
      { title: 'median', kind: NUMBER, of: (c) => units.ratio(c.median) },
      { title: '95 % interval', kind: NUMBER, of: model.interval },
      { title: 'rounds', kind: NUMBER, of: (c) => units.count(c.rounds) },
      { title: 'target', kind: NUMBER, of: model.bound },
      { title: 'verdict', of: (c) => dom.verdict(model.verdict(c)) },
    ], costs));
  }

  return { show };
})();
