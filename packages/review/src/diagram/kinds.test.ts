import { expect, test } from 'vitest'
import { colours } from './diagram-style.ts'
import { kindOfType, looks } from './kinds.ts'

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test('text on every fill, and on paper, has a contrast of 4.5 at least', () => {
  for (const { fill, ink } of Object.values(looks)) expect(contrast(fill, ink)).toBeGreaterThanOrEqual(4.5)
  for (const name of ['text', 'quiet', 'line', 'failure', 'mixed'] as const)
    expect(contrast(colours[name], colours.paper)).toBeGreaterThanOrEqual(4.5)
})

test.each([
  ['InitializeVariable', 'variable'],
  ['XmlCompose', 'variable'],
  ['ParseJson', 'data'],
  ['If', 'condition'],
  ['Terminate', 'terminate'],
  ['OpenApiConnection', 'action'],
  ['constructor', 'action'],
])('%s is drawn as %s', (type, kind) => {
  expect(kindOfType(type)).toBe(kind)
})
