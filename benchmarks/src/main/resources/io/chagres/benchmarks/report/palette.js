// Colours come from the style sheet, which knows whether it is dark; shapes tell apart what colours may not.
const palette = (() => {
  const CONTENDERS = {
    chagres: { symbol: 'circle', dash: 'solid' },
    'chagres-call': { hollow: true, symbol: 'circle', dash: 'dashed' },
    'c-threaded': { hollow: true, symbol: 'rect', dash: 'dashed' },
    c: { symbol: 'rect', dash: 'solid' },
    jdk: { symbol: 'triangle', dash: 'solid' },
    agrona: { symbol: 'diamond', dash: 'solid' },
    'agrona-many': { hollow: true, symbol: 'diamond', dash: 'dashed' },
    aeron: { symbol: 'roundRect', dash: 'solid' },
    chronicle: { hollow: true, symbol: 'triangle', dash: 'solid' },
    junixsocket: { symbol: 'arrow', dash: 'solid' },
    jctools: { hollow: true, symbol: 'roundRect', dash: 'solid' },
    disruptor: { hollow: true, symbol: 'arrow', dash: 'solid' },
  };
  const OTHERS = 3;
  const VERDICTS = { met: { symbol: 'circle' }, missed: { symbol: 'triangle' },
    undecided: { hollow: true, symbol: 'diamond' },
    none: { symbol: 'rect' } };

  const known = (name) => Object.hasOwn(CONTENDERS, name);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // The library's own hollow shapes are white inside, also in the dark.
  const shape = (tint, hollow) => ({
    color: hollow ? color('bg') : tint, borderColor: tint, borderWidth: 2, opacity: 1 });

  return {
    color,
    shape,
    contender(name) {
      const other = (Math.max(0, model.unknown.indexOf(name)) % OTHERS) + 1;
      const tint = color(known(name) ? `c-${name}` : `c-other-${other}`);
      const { symbol, dash, hollow } = known(name) ? CONTENDERS[name] : { symbol: 'pin', dash: 'dotted' };
      return { color: tint, symbol, dash, itemStyle: shape(tint, hollow) };
    },
    verdict: (id) => ({ color: color(id), symbol: VERDICTS[id].symbol,
      itemStyle: shape(color(id), VERDICTS[id].hollow) }),
    text: () => ({ color: color('ink'), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 }),
  };
})();
