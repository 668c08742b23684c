const readers: ReadonlySet<string> = new Set([
  'actionbody',
  'actionoutputs',
  'actions',
  'body',
  'formdatamultivalues',
  'formdatavalue',
  'items',
  'iterationindexes',
  'multipartbody',
  'outputs',
  'result',
])

/** Whether the first argument of a function is the name of an action. */
export function namesActions(fn: string): boolean {
  return readers.has(fn.toLowerCase())
}
