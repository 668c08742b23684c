import fc from 'fast-check'
import { Decimal, floatValue, integerValue } from './numbers.ts'
import { type ObjectValue, setOwn, type Value } from './value.ts'

const keys = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '$number', 'toJSON', 'a', 'A', '0'),
)

const leaves: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(null, true, false, 'NaN', 'Infinity'),
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.double().map(floatValue),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integerValue),
  fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(28)).map(([d, s]) => new Decimal(d, s)),
)

/** Values of every kind, keys that hurt included. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map(objectOf),
  ),
})).value

function objectOf(entries: [string, Value][]): Value {
  const object: ObjectValue = {}
  for (const [key, value] of entries) setOwn(object, key, value)
  return object
}
