import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileExpression } from './compile/expression.ts'
import { equalValues } from './equal-values.ts'
import { Decimal, integerValue } from './numbers.ts'
import { printValue } from './print-value.ts'
import { scopeFromData } from './scope-from-data.ts'
import { values } from './value.testing.ts'
import { isObject, type ObjectValue, type Value } from './value.ts'

/** A function of variables `a`, `b`, `c` … */
function expression(text: string): (...args: Value[]) => Value {
  const compiled = compileExpression(text.replaceAll(/\$(\w)/g, "variables('$1')"))
  return (...args) => {
    const variables: ObjectValue = {}
    args.forEach((value, index) => {
      variables['abcd'.charAt(index)] = value
    })
    return compiled.evaluate(scopeFromData({ variables }))
  }
}

const texts = fc.string({ unit: 'grapheme', maxLength: 20 })
const parts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
const integers = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(integerValue)
const arrays = fc.array(values, { maxLength: 6 })

describe('string', () => {
  test('joining what split made gives the text, with the shortcut and without it', () => {
    const short = expression('join(split($a, $b), $c)')
    const long = expression('join(coalesce(split($a, $b)), $c)')
    fc.assert(
      fc.property(texts, texts, texts, (a, b, c) => {
        expect(short(a, b, b)).toBe(a)
        expect(short(a, b, c)).toBe(long(a, b, c))
      }),
    )
  })

  test.each(['first', 'last', 'length'])('%s of split is the same in one step and in two', (fn) => {
    const [short, long] = [expression(`${fn}(split($a, $b))`), expression(`${fn}(coalesce(split($a, $b)))`)]
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }),
        (a, b) => {
          expect(short(a, b)).toBe(long(a, b))
        },
      ),
    )
  })

  test('replace leaves no part behind that the new text does not bring', () => {
    const replaced = expression('replace($a, $b, $c)')
    fc.assert(
      fc.property(texts, parts, texts, (a, b, c) => {
        expect(replaced(a, b, c)).toBe(a.split(b).join(c))
      }),
    )
  })

  test('substring and slice agree inside the text', () => {
    const [sub, slice] = [expression('substring($a, $b, $c)'), expression('slice($a, $b, add($b, $c))')]
    fc.assert(
      fc.property(texts, fc.nat(20), fc.nat(20), (a, b, c) => {
        fc.pre(b + c <= a.length)
        expect(sub(a, b, c)).toBe(slice(a, b, c))
      }),
    )
  })
})

describe('collection', () => {
  test('take and skip cut an array in two, chunk in many', () => {
    const both = expression('createArray(take($a, $b), skip($a, $b), chunk($a, add($b, 1)))')
    fc.assert(
      fc.property(arrays, fc.nat(8), (a, b) => {
        const [start, rest, chunks] = both(a, b) as Value[][]
        expect([...(start as Value[]), ...(rest as Value[])]).toEqual(a)
        expect((chunks as Value[][]).flat(1)).toEqual(a)
      }),
    )
  })

  test('a union has what any of the arrays has, once; an intersection what all have', () => {
    const run = expression('createArray(union($a, $b), intersection($a, $b))')
    const small = fc.array(fc.oneof(fc.nat(4), fc.constantFrom(null, 'a', true)), {
      maxLength: 8,
    }) as fc.Arbitrary<Value[]>
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(run(a, b)).toEqual([
          [...new Set([...a, ...b])],
          [...new Set(a)].filter((item) => b.includes(item)),
        ])
      }),
    )
  })

  test('sorting orders, keeps every item, and does so only once', () => {
    const sorted = expression('sort($a)')
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 20 }), (a) => {
        expect(sorted(a)).toEqual([...a].sort((left, right) => left - right))
        expect(sorted(sorted(a))).toEqual(sorted(a))
      }),
    )
  })
})

test('logical: every two numbers or texts are in one order, and not is the opposite', () => {
  const run = expression(
    'createArray(less($a, $b), equals($a, $b), greater($a, $b), not(lessOrEquals($a, $b)))',
  )
  const pairs = fc.oneof(fc.tuple(integers, integers), fc.tuple(texts, texts))
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      const [less, equal, greater, notLessOrEqual] = run(a, b) as boolean[]
      expect([less, equal, greater].filter(Boolean)).toHaveLength(1)
      expect(notLessOrEqual).toBe(greater)
    }),
  )
})

test('conversion: base64, data URIs and URI components give back the text', () => {
  const run = expression(
    'createArray(base64ToString(base64($a)), dataUriToString(dataUri($a)), uriComponentToString(uriComponent($a)), ' +
      'string(binary($a)), string(base64ToBinary(base64($a))))',
  )
  fc.assert(
    fc.property(texts, (a) => {
      fc.pre(Buffer.from(a, 'utf8').toString('utf8') === a)
      expect(run(a)).toEqual([a, a, a, a, a])
    }),
  )
})

test('conversion: numbers read back from their text', () => {
  const run = expression(
    'createArray(equals(int(string($a)), $a), equals(float(string($b)), $b), equals(decimal(string($c)), $c))',
  )
  const safe = fc.maxSafeInteger()
  const doubles = fc.double({ noNaN: true, noDefaultInfinity: true })
  const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.nat(20))
  fc.assert(
    fc.property(safe, doubles, decimals, (a, b, [digits, scale]) => {
      expect(run(a, b, new Decimal(digits, scale))).toEqual([true, true, true])
    }),
  )
})

test('math: what is added can be taken away, and division has its remainder', () => {
  const run = expression(
    'createArray(equals(sub(add($a, $b), $b), $a), equals(add(mul(div($a, $b), $b), mod($a, $b)), $a))',
  )
  const half = fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n }).map(integerValue)
  fc.assert(
    fc.property(half, half, (a, b) => {
      fc.pre(b !== 0)
      expect(run(a, b)).toEqual([true, true])
    }),
  )
})

test('date and time: going there and back, and the difference between', () => {
  const run = expression(
    'createArray(addDays(addDays($a, $b), sub(0, $b)), dateDifference($a, addSeconds($a, $b)), ' +
      'sub(ticks(addSeconds($a, $b)), ticks($a)))',
  )
  const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 86_399 }), (date, b) => {
      const a = date.toISOString().replace('Z', '0000Z')
      const [back, difference, ticks] = run(a, b) as Value[]
      expect(back).toBe(a)
      expect(difference).toBe(new Date(b * 1000).toISOString().slice(11, 19))
      expect(ticks).toBe(b * 10_000_000)
    }),
  )
})

test('uri: the parts make the whole', () => {
  const run = expression("concat(uriScheme($a), '://', uriHost($a), ':', uriPort($a), uriPathAndQuery($a))")
  const paths = fc.array(fc.stringMatching(/^[a-z0-9~_-]{1,6}$/), { maxLength: 3 })
  fc.assert(
    fc.property(fc.domain(), fc.nat(60_000), paths, fc.boolean(), (host, port, path, hasQuery) => {
      const uri = `https://${host}:${port + 1000}/${path.join('/')}${hasQuery ? '?a=b' : ''}`
      expect(run(uri)).toBe(uri.toLowerCase())
    }),
  )
})

describe('json and xml', () => {
  test('json of string is the value', () => {
    const run = expression('json(string(createArray($a)))')
    const plain = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Value)
    fc.assert(
      fc.property(plain, (a) => {
        expect(equalValues(run(a), [a])).toBe(true)
      }),
    )
  })

  test('a property that is set is there, and gone when removed; the object itself stays', () => {
    const run = expression(
      'createArray(setProperty($a, $b, $c)[$b], contains(removeProperty($a, $b), $b), $a)',
    )
    fc.assert(
      fc.property(values, texts, values, (a, b, c) => {
        fc.pre(
          isObject(a) && Object.keys(a).every((key) => key.toLowerCase() !== b.toLowerCase() || key === b),
        )
        const before = printValue([a])
        expect(run(a, b, c)).toEqual([c, false, a])
        expect(printValue([a])).toBe(before)
      }),
    )
  })

  test('text survives as the content of an element and as an attribute', () => {
    const run = expression(
      "xpath(xml(setProperty(json('{}'), 'r', setProperty(setProperty(json('{}'), '@a', $a), '#text', $b))), " +
        '\'concat(/r/@a, "|", /r)\')',
    )
    const words = fc.stringMatching(/^[a-z<>&"'=;é😀]{1,10}$/u)
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(run(a, b)).toBe(`${a}|${b}`)
      }),
    )
  })
})

test('workflow: whatever an action gave is read back, by name in any case', () => {
  const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_ ]{0,9}$/)
  fc.assert(
    fc.property(names, values, (name, body) => {
      const scope = scopeFromData({ actions: { [name]: { outputs: { body } } } })
      const { evaluate } = compileExpression(
        `createArray(body('${name}'), outputs('${name.toUpperCase()}')?['body'])`,
      )
      expect(evaluate(scope)).toEqual([body, body])
    }),
  )
})
