// Which placement and size the plots show.
const filters = (() => {
  const chosen = { placement: model.placements[0], size: model.sizes[0], targets: model.ratios.some(model.hasTarget) };

  function group(title, key, values, text, changed) {
    if (values.length < 2) {
      return null;
    }
    return dom.el('fieldset', {}, dom.el('legend', {}, title), values.map((value) => {
      const input = dom.el('input', { type: 'radio', name: key, value, checked: value === chosen[key] });
      input.addEventListener('change', () => {
        chosen[key] = value;
        changed();
      });
      return dom.el('label', { class: 'choice' }, input, dom.el('span', {}, text(value)));
    }));
  }

  function targetsOnly(changed) {
    const some = model.ratios.filter(model.hasTarget).length;
    if (some === 0 || some === model.ratios.length) {
      return null;
    }
    const input = dom.el('input', { type: 'checkbox', checked: true });
    input.addEventListener('change', () => {
      chosen.targets = input.checked;
      changed();
    });
    return dom.el('label', { class: 'check' }, input, 'only ratios with a target');
  }

  function show(changed) {
    const form = document.getElementById('filters');
    const parts = [group('Placement', 'placement', model.placements, model.placementTitle, changed),
      group('Size', 'size', model.sizes, units.bytes, changed), targetsOnly(changed)].filter((part) => part !== null);
    form.append(...parts);
    form.hidden = parts.length === 0;
    form.addEventListener('submit', (event) => event.preventDefault());
  }

  return { chosen, show };
})();
