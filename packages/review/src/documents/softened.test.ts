import { expect, test } from 'vitest'
import { softened } from './softened.ts'

test('long words may break after joining signs and before capitals, short ones not at all', () => {
  expect(softened('Get_items').html).toBe('Get_items')
  expect(softened('Initialize_variable_2').html).toBe('Initialize_<wbr>variable_<wbr>2')
  expect(softened('AppendToArrayVariable').html).toBe('Append<wbr>To<wbr>Array<wbr>Variable')
})

test('what could be markup stays text', () => {
  expect(softened('<script>alert(1)</script>').html).toBe('&lt;script&gt;alert(<wbr>1)&lt;/<wbr>script&gt;')
})
