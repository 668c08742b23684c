import { type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { readNumber } from './number.ts'
import { type RepeatedKey, repeatedKeysIn } from './repeated-keys-in.ts'
import { scanJson } from './scan.ts'

/** Something to tell about JSON text. */
export interface JsonNote {
  readonly code: 'Definition.NotJson' | 'Definition.TooDeep' | 'Definition.TolerantJson'
  readonly message: string
  readonly offset: number
}

/** What `readJson` found; `value` is absent when a note is an error. */
export interface JsonReading {
  readonly value?: Value
  readonly notes: readonly JsonNote[]
  readonly repeatedKeys: readonly RepeatedKey[]
}

interface Frame {
  readonly into: ObjectValue | Value[]
  key: string
}

/** Reads JSON as people have it: comments and trailing commas are notes, the last of repeated keys counts. */
export function readJson(text: string): JsonReading {
  const notes: JsonNote[] = []
  const frames: Frame[] = []
  let root: Value = null
  let isRepeated = false

  const add = (value: Value): void => {
    const frame = frames.at(-1)
    if (frame === undefined) root = value
    else if (Array.isArray(frame.into)) frame.into.push(value)
    else setOwn(frame.into, frame.key, value)
  }

  const failure = scanJson(text, {
    begin(kind) {
      const into: ObjectValue | Value[] = kind === 'object' ? {} : []
      add(into)
      frames.push({ into, key: '' })
      return true
    },
    key(name) {
      const frame = frames.at(-1) as Frame
      frame.key = name
      if (Object.hasOwn(frame.into, name)) isRepeated = true
    },
    scalar(kind, source) {
      if (kind === 'string') add(source)
      else if (kind === 'number') add(readNumber(source))
      else add(source === 'null' ? null : source === 'true')
    },
    end() {
      frames.pop()
    },
    tolerated(what, offset) {
      notes.push({
        code: 'Definition.TolerantJson',
        message: `The file has ${what}, which JSON does not allow.`,
        offset,
      })
    },
  })
  // Few texts have any, so where keys stand is only noted in those.
  const repeatedKeys = isRepeated ? repeatedKeysIn(text) : []
  if (failure !== undefined) return { notes: [...notes, failure], repeatedKeys }
  return { value: root, notes, repeatedKeys }
}
