// What a reader in a hurry takes away, and where it was measured.
const summary = (() => {
  // More rows than these and those that met their target fold away.
  const SHORT = 16;

  const plural = (count, one, many) => `${units.count(count)} ${count === 1 ? one : many}`;

  function lead(groups, total) {
    if (total === 0) {
      return 'No ratio with a target was measured.';
    }
    if (groups.met.length === total) {
      return total === 1 ? 'The one target is met.' : `All ${units.count(total)} targets are met.`;
    }
    return `${units.count(groups.met.length)} of ${plural(total, 'target is', 'targets are')} met.`;
  }

  function tiles(groups) {
    return dom.el('ul', { class: 'tiles' }, ['met', 'missed', 'undecided'].map((id) => dom.el('li', { class: id },
      dom.el('b', {}, units.count(groups[id].length)),
      dom.el('span', {}, `${model.verdictSign(id)} ${model.verdictTitle(id)}`))));
  }

  // Calls and start-up as rows of one table.
  function others() {
    const started = model.startUp.filter(model.hasTarget).map((c) => ({ what: `start-up: ${c.contender}`,
      measured: `${units.ratio(c.median)} (${units.ratio(c.low)} to ${units.ratio(c.high)})`,
      bound: `<= ${units.target(c.target)}`, verdict: c.verdict }));
    return [...model.callTargets, ...started];
  }

  function both(ratios, rest, what) {
    return [ratios.length > 0 ? tables.ratios(`Ratios: ${what}`, model.worstFirst(ratios)) : null,
      rest.length > 0 ? calls.targets(`Calls and start-up: ${what}`, model.worstFirst(rest)) : null];
  }

  function targets() {
    const ratios = model.ratios.filter(model.hasTarget);
    const rest = others();
    const all = [...ratios, ...rest];
    const groups = Object.fromEntries(model.WORST_FIRST.map((id) =>
      [id, all.filter((one) => model.verdict(one) === id)]));
    const parts = [dom.el('p', { class: 'lead' }, lead(groups, all.length))];
    if (all.length === 0) {
      return parts;
    }
    parts.push(tiles(groups));
    if (all.length <= SHORT) {
      return [...parts, ...both(ratios, rest, 'targets')].filter((part) => part !== null);
    }
    const isMet = (one) => model.verdict(one) === 'met';
    const isOpen = (one) => !isMet(one);
    parts.push(...both(ratios.filter(isOpen), rest.filter(isOpen), 'targets missed or undecided'));
    if (groups.met.length > 0) {
      parts.push(dom.el('details', {}, dom.el('summary', {}, `${plural(groups.met.length, 'target', 'targets')} met`),
        both(ratios.filter(isMet), rest.filter(isMet), 'targets met')));
    }
    return parts.filter((part) => part !== null);
  }

  function run() {
    const { started, seconds, rounds } = model.report;
    const when = String(started ?? '').replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
    return `Started ${when}; took ${units.duration(seconds)}; `
      + `${plural(rounds ?? 0, 'round', 'rounds')} of each comparison.`;
  }

  function machine() {
    const m = model.report.machine ?? {};
    const rows = [['CPU', `${m.cpu}, ${plural(m.cpus, 'CPU', 'CPUs')} usable`],
      ['Machine', m.virtual ? 'virtual: its host moves the CPUs, so times scatter more' : 'not virtual'],
      ['System', `${m.distribution}, ${m.kernel} (${m.platform})`], ['Java', m.jdk],
      ['C compiler', m.compiler || 'none: the C contenders are left out']];
    return [dom.el('dl', {}, rows.flatMap(([name, value]) => [dom.el('dt', {}, name), dom.el('dd', {}, value)])),
      dom.el('p', {}, 'This repeats the run:'), dom.el('pre', {}, dom.el('code', {}, model.report.command ?? ''))];
  }

  return { targets, run, machine };
})();
