/**
 * What a document does when scripts run: a filter per column of longer tables, a choice of severities, wide drawings
 * shown from their beginning, unfolding before printing. It reads only the page it stands in, and writes no text into
 * it but what stands here.
 */
export const script = `
'use strict'
const make = (name, attributes, text) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text) element.textContent = text
  return element
}
const count = (shown, all, noun) => shown === all ? '' : shown + ' of ' + all + ' ' + noun

const addColumnFilters = (box, number) => {
  const table = box.querySelector('table')
  const rows = [...table.tBodies[0].rows]
  if (rows.length < 6) return
  const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent)
  const line = make('tr', { class: 'filters', id: 'filters-' + number, hidden: '' })
  const fields = titles.map((title) => {
    const field = make('input', { type: 'search', placeholder: 'contains', 'aria-label': 'Filter by ' + title })
    const cell = make('td', { 'data-label': title })
    cell.append(field)
    line.append(cell)
    return field
  })
  table.tHead.append(line)
  const button = make('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': line.id }, 'Filter columns')
  const status = make('span', { role: 'status', class: 'quiet' })
  const tools = make('div', { class: 'tools' })
  tools.append(button, status)
  box.before(tools)
  const texts = new Map()
  const textOf = (cell) => {
    if (!texts.has(cell)) texts.set(cell, cell.textContent.toLowerCase())
    return texts.get(cell)
  }
  const apply = () => {
    const wanted = line.hidden ? [] : fields.map((field) => field.value.trim().toLowerCase())
    let shown = 0
    for (const row of rows) {
      const isShown = wanted.every((text, index) => text === '' || textOf(row.cells[index]).includes(text))
      row.classList.toggle('out', !isShown)
      if (isShown) shown += 1
    }
    status.textContent = count(shown, rows.length, 'rows')
  }
  button.addEventListener('click', () => {
    line.hidden = !line.hidden
    button.setAttribute('aria-expanded', String(!line.hidden))
    apply()
    if (!line.hidden) fields[0].focus()
  })
  line.addEventListener('input', apply)
}

const addSeverityFilter = (box) => {
  const groups = [...box.querySelectorAll('[data-severity]')]
  if (groups.length < 2) return
  const tools = make('fieldset', { class: 'tools' })
  tools.append(make('legend', {}, 'Show'))
  for (const group of groups) {
    const label = make('label', {})
    const field = make('input', { type: 'checkbox' })
    field.checked = true
    field.addEventListener('change', () => group.classList.toggle('out', !field.checked))
    label.append(field, ' ' + group.dataset.severity)
    tools.append(label)
  }
  box.prepend(tools)
}

// A link into something folded, or filtered away, must still lead there.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  for (let each = target; each; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true
    each.classList.remove('out')
  }
  if (target) target.scrollIntoView()
}

document.querySelectorAll('[data-filtered]').forEach(addColumnFilters)
document.querySelectorAll('.findings').forEach(addSeverityFilter)

// A drawing that is wider than its box is shown from where the flow begins.
for (const box of document.querySelectorAll('.drawing')) {
  const first = box.querySelector('[data-kind]')
  if (!first) continue
  const [inner, outer] = [first.getBoundingClientRect(), box.getBoundingClientRect()]
  if (inner.right > outer.right) box.scrollLeft = (inner.left + inner.right - outer.left - outer.right) / 2
}

addEventListener('hashchange', reveal)
if (location.hash) reveal()

let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const each of folded) each.open = true
})
addEventListener('afterprint', () => {
  for (const each of folded) each.open = false
  folded = []
})
`
