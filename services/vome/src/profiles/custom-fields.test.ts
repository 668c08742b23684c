import { describe, expect, test } from 'vitest'
import { makeWorld, openVome } from '../vome.testing.ts'

function scene(field_type: number) {
  const vome = openVome()
  const { profile_id } = makeWorld(vome)
  const custom_field_id = vome.must('createCustomField', { body: { title: 'C', field_type } }).id
  const option = (value: string, order: number) =>
    vome.call<{ id: string }>('createCustomFieldOption', { body: { custom_field_id, value, order } })
  const set = (values: unknown) =>
    vome.call<{ id: string }>('createCustomFieldValue', { body: { profile_id, custom_field_id, values } })
  const shown = () =>
    vome.must<{ custom_fields: unknown[] }>('getProfileDetails', { id: profile_id }).custom_fields
  return { vome, profile_id, custom_field_id, option, set, shown }
}

describe('a value fits the type of its field', () => {
  test.each([
    [0, ['text'], ['a', 'b']],
    [1, ['-1.5'], ['one']],
    [2, ['2026-05-04'], ['4.5.2026']],
    [5, ['yes'], ['maybe']],
    [0, ['文字'], []],
    [0, ['x'], [1]],
  ])('type %i takes %j and refuses %j', (type, right, wrong) => {
    const { set } = scene(type)
    expect(set(wrong).status).toBe(400)
    expect(set(right).status).toBe(201)
    expect(set(right).body).toMatchObject({ code: 'Vome.Taken' })
  })

  test('a choice takes ids of its own options', () => {
    const { option, set, shown, vome } = scene(3)
    const [small, large] = [option('S', 2).body.id, option('L', 1).body.id]
    expect(set([small, large]).status).toBe(400)
    expect(set(['S']).status).toBe(400)
    const { id } = set([small]).body
    expect(shown()).toMatchObject([
      {
        id,
        custom_field: { field_type: 3, is_active: true, options: [{ value: 'L' }, { value: 'S' }] },
        custom_field_value: [{ value: { id: small, value: 'S', order: 2 } }],
      },
    ])
    expect(vome.call('deleteCustomFieldOption', { id: small }).body.code).toBe('Vome.InUse')
    vome.must('updateCustomFieldValue', { id, body: { values: [large] } })
    expect(vome.call('deleteCustomFieldOption', { id: small }).status).toBe(204)
  })
})

test('a text travels as an option, with ids that stay', () => {
  const { set, shown } = scene(0)
  set(['モジ'])
  expect(shown()).toMatchObject([{ custom_field_value: [{ value: { value: 'モジ', order: 0 } }] }])
  expect(shown()).toEqual(shown())
})

test('only choices have options, only active fields can be filled in, the type stays while used', () => {
  const { custom_field_id, option, set, vome } = scene(0)
  expect(option('x', 1).body).toMatchObject({ fields: [{ field: 'custom_field_id' }] })
  vome.must('updateCustomField', { id: custom_field_id, body: { is_active: false } })
  expect(set(['x']).body).toMatchObject({ code: 'Vome.WrongState' })
  vome.must('updateCustomField', { id: custom_field_id, body: { is_active: true } })
  set(['x'])
  const body = { field_type: 1 }
  expect(vome.call('updateCustomField', { id: custom_field_id, body }).body.code).toBe('Vome.InUse')
})
