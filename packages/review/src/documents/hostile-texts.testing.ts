import fc from 'fast-check'
import { type ForeignTexts, plainTexts } from './review-example.testing.ts'

/** Texts that have broken documents elsewhere. */
const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>alert(1)</script>',
  '__proto__',
  'constructor',
  '\u202Egnp.exe',
  '`code` ```fence```',
  '| a | b |\n|---|---|',
  'a\\|b \\\\| c',
  '[link](javascript:alert(1)) ![x](https://example.com/x.png)',
  'https://example.com/a?b=c&d=e www.example.com @somebody #12',
  '<!-- comment --> <details>',
  '# heading\n\n- list\n1. one\n> quote\r\nrest',
  '\u0000\u0007\u001b[31m',
  '$a_b$ *bold* __under__ ~~out~~',
  '&lt;b&gt; &#60;',
  '',
  ' ',
]

const text = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map((parts) => parts.join(' ')),
)

/** Foreign texts of every kind; names of actions and variables are not empty. */
export const foreignTexts: fc.Arbitrary<ForeignTexts> = fc.record({
  name: text,
  action: text.map((each) => (each === '' ? plainTexts.action : each)),
  variable: text,
  notes: text,
  inputs: fc.oneof(
    text,
    fc.json(),
    text.map((each) => JSON.stringify({ [each]: [each] })),
  ),
})
