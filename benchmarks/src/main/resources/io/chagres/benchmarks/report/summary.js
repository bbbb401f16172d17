// What a reader in a hurry takes away, and where it was measured.
const summary = (() => {
  const ORDER = ['missed', 'undecided', 'met'];
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

  function targets() {
    const found = model.ratios.filter(model.hasTarget);
    const groups = Object.fromEntries(ORDER.map((id) => [id, found.filter((r) => model.verdict(r) === id)]));
    const parts = [dom.el('p', { class: 'lead' }, lead(groups, found.length))];
    if (found.length === 0) {
      return parts;
    }
    parts.push(tiles(groups));
    if (found.length <= SHORT) {
      parts.push(tables.ratios('Ratios with a target', ORDER.flatMap((id) => groups[id])));
      return parts;
    }
    const open = [...groups.missed, ...groups.undecided];
    if (open.length > 0) {
      parts.push(tables.ratios('Targets missed or undecided', open));
    }
    if (groups.met.length > 0) {
      parts.push(dom.el('details', {}, dom.el('summary', {}, `${plural(groups.met.length, 'target', 'targets')} met`),
        tables.ratios('Targets met', groups.met)));
    }
    return parts;
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
