/** Actions for examples, one after the other: `Wait_1`, `Wait_2` … */
export function waits(count: number): Record<string, object> {
  return inTurn(count, 'Wait', () => ({ type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } }))
}

/** Variables for examples, one after the other. */
export function variables(count: number): Record<string, object> {
  return inTurn(count, 'Declare', (number) => ({
    type: 'InitializeVariable',
    inputs: { variables: [{ name: `total${number}`, type: 'integer' }] },
  }))
}

/** Actions for examples, each after the one before; names are numbered from 1. */
export function inTurn(
  count: number,
  name: string,
  make: (number: number) => object,
): Record<string, object> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${name}_${index + 1}`,
      { ...make(index + 1), runAfter: index === 0 ? {} : { [`${name}_${index}`]: ['Succeeded'] } },
    ]),
  )
}

/** Containers for examples, one inside the other, with a Wait in the innermost. */
export function nested(levels: number, make: (actions: object) => object): object {
  let inner: object = { Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } }
  for (let level = levels; level > 0; level -= 1) inner = { [`Level_${level}`]: make(inner) }
  return inner
}
