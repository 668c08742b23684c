import { type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { readNumber } from './number.ts'
import { pointerTo } from './pointer.ts'
import { scanJson } from './scan.ts'

/** A key that occurs twice in one object; offsets are in UTF-16 units. */
export interface RepeatedKey {
  readonly pointer: string
  readonly first: number
  readonly second: number
}

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
  /** Offset of every key seen, for repeated ones. */
  readonly keys: Map<string, number>
}

/** Reads JSON as people have it: comments and trailing commas are notes, the last of repeated keys counts. */
export function readJson(text: string): JsonReading {
  const notes: JsonNote[] = []
  const repeatedKeys: RepeatedKey[] = []
  const frames: Frame[] = []
  let root: Value = null

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
      frames.push({ into, key: '', keys: new Map() })
      return true
    },
    key(name, offset) {
      const frame = frames.at(-1) as Frame
      frame.key = name
      const first = frame.keys.get(name)
      if (first !== undefined) repeatedKeys.push({ pointer: pointerOf(frames), first, second: offset })
      frame.keys.set(name, offset)
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
  if (failure !== undefined) return { notes: [...notes, failure], repeatedKeys }
  return { value: root, notes, repeatedKeys }
}

function pointerOf(frames: readonly Frame[]): string {
  return frames.reduce(
    (pointer, { into, key }) => pointerTo(pointer, Array.isArray(into) ? into.length - 1 : key),
    '',
  )
}
