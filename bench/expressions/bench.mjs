// Compiled expressions against adaptive-expressions and against the same thing written by hand in JavaScript.
import { compileExpression, compileTemplate } from '@flowstead/expressions'
import { Expression } from 'adaptive-expressions'
import { evaluations, parsed } from './subjects.mjs'
import { handTemplate, templateData, templateJson } from './template.mjs'

const rounds = 9
const roundMs = Number(process.env.BENCH_MS ?? 60)
const contextCount = 64

/** As in the machine, a variable is a slot that the binder finds when an expression is compiled. */
function binderFor(data) {
  const names = Object.keys(data)
  return ({ fn, name }) => {
    const slot = fn === 'variables' ? names.indexOf(name) : -1
    return slot < 0 ? undefined : (scope) => scope.slots[slot]
  }
}

/** The data of one turn: members by name for the others, slots for ours. */
function withSlots(data) {
  return { ...data, slots: Object.values(data) }
}

export async function run() {
  process.stdout.write(
    `expressions: medians of ${rounds} interleaved rounds of ${roundMs} ms, ${contextCount} contexts in turn, results ` +
      `summed and compared; Node ${process.versions.node}\n\n`,
  )
  printHead('evaluate', 'ns each')
  for (const subject of evaluations) printRow(measureEvaluation(subject))
  process.stdout.write('\n')
  printHead('compile', 'us each')
  printRow(measureCompilation())
  process.stdout.write('\n')
  printHead('template, 60 fields of which 20 expressions', 'ns each')
  printRow(measureTemplate())
}

function measureEvaluation({ name, ours, theirs, hand, context, marks }) {
  const contexts = Array.from({ length: contextCount }, (_, index) => withSlots(context(index)))
  const mine = compileExpression(ours, { bind: binderFor(context(0)) })
  const other = Expression.parse(theirs)
  const runs = {
    ours: over(contexts, (data) => mine.evaluate(data)),
    theirs: over(contexts, (data) => other.tryEvaluate(data).value),
    hand: over(contexts, hand),
  }
  return { name, times: interleaved(runs), unit: 1, marks }
}

function measureCompilation() {
  const texts = parsed
  const ours = (sum) => texts.reduce((total, { ours }) => total + weigh(compileExpression(ours)), sum)
  const theirs = (sum) => texts.reduce((total, { theirs }) => total + weigh(Expression.parse(theirs)), sum)
  const times = interleaved(
    { ours: { run: ours, each: texts.length }, theirs: { run: theirs, each: texts.length } },
    'kept apart',
  )
  return { name: `${texts.length} expressions`, times, unit: 1000, marks: { theirs: 5 } }
}

function measureTemplate() {
  const contexts = Array.from({ length: contextCount }, (_, index) => withSlots(templateData(index)))
  const template = compileTemplate(templateJson, { bind: binderFor(templateData(0)) })
  const times = interleaved({
    ours: over(contexts, (data) => template.resolve(data)),
    hand: over(contexts, handTemplate),
  })
  return { name: 'resolve', times, unit: 1, marks: { hand: 2 } }
}

/** One pass over all contexts, adding up something of every result so that none can be left out. */
function over(contexts, evaluate) {
  return {
    each: contexts.length,
    run(sum) {
      let total = sum
      for (const data of contexts) total += weigh(evaluate(data))
      return total
    },
  }
}

function weigh(value) {
  if (typeof value === 'string') return value.length + value.charCodeAt(value.length >> 1)
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 2
  if (Array.isArray(value)) return value.length + weigh(value[value.length - 1] ?? 0)
  let total = 0
  for (const key in value) {
    const member = value[key]
    total += typeof member === 'string' ? member.length : typeof member === 'number' ? member : 1
  }
  return total
}

/** Median ns per evaluation of each subject; every round measures all of them, in turn. */
function interleaved(runs, results = 'compared') {
  const names = Object.keys(runs)
  const sums = names.map((name) => runs[name].run(0))
  if (results === 'compared' && sums.some((sum) => sum !== sums[0]))
    throw new Error(`The results differ: ${names.map((name, index) => `${name} ${sums[index]}`).join(', ')}.`)
  const samples = Object.fromEntries(names.map((name) => [name, []]))
  let sink = 0
  for (const name of names) sink += time(runs[name]).sum
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const { ns, sum } = time(runs[name])
      samples[name].push(ns)
      sink += sum
    }
  if (Number.isNaN(sink)) throw new Error('A result was not a number.')
  return Object.fromEntries(names.map((name) => [name, median(samples[name])]))
}

function time({ run, each }) {
  const end = process.hrtime.bigint() + BigInt(roundMs * 1_000_000)
  const start = process.hrtime.bigint()
  let now = start
  let sum = 0
  let passes = 0
  while (now < end) {
    for (let pass = 0; pass < 20; pass++) sum = run(sum % 1_000_003)
    passes += 20
    now = process.hrtime.bigint()
  }
  return { ns: Number(now - start) / (passes * each), sum }
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function printHead(title, unit) {
  process.stdout.write(
    `${title.padEnd(46)}${`ours, ${unit}`.padStart(15)}${'adaptive'.padStart(12)}${'by hand'.padStart(10)}  ratios\n`,
  )
}

function printRow({ name, times, unit, marks }) {
  const figure = (value, width) => (value === undefined ? '' : (value / unit).toFixed(1)).padStart(width)
  const ratios = []
  if (times.theirs !== undefined)
    ratios.push(
      mark(
        times.theirs / times.ours,
        'x adaptive',
        (ratio) => ratio >= (marks.theirs ?? 0),
        `>= ${marks.theirs}`,
      ),
    )
  if (times.hand !== undefined && marks.hand !== undefined)
    ratios.push(
      mark(times.ours / times.hand, 'x by hand', (ratio) => ratio <= marks.hand, `<= ${marks.hand}`),
    )
  process.stdout.write(
    `${name.padEnd(46)}${figure(times.ours, 15)}${figure(times.theirs, 12)}${figure(times.hand, 10)}  ${ratios.join('; ')}\n`,
  )
}

function mark(ratio, what, isGood, wanted) {
  return `${ratio.toFixed(2)}${what} (${isGood(ratio) ? 'good' : 'MISSED'}, ${wanted})`
}
