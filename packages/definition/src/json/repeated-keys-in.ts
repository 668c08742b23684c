import { pointerTo } from './pointer.ts'
import { scanJson } from './scan.ts'

/** A key that occurs twice in one object. */
export interface RepeatedKey {
  readonly pointer: string
  /** Where it stood before, in UTF-16 units. */
  readonly first: number
}

interface Frame {
  readonly pointer: string
  /** Index of the next element; -1 in an object. */
  index: number
  key: string
  /** Offsets of the keys so far. */
  readonly keys: Map<string, number>
}

/** Every key of a JSON text that its object has already, up to the first error. */
export function repeatedKeysIn(text: string): RepeatedKey[] {
  const found: RepeatedKey[] = []
  const frames: Frame[] = []
  const placeOfNext = (): string => {
    const frame = frames.at(-1)
    if (frame === undefined) return ''
    return pointerTo(frame.pointer, frame.index >= 0 ? frame.index++ : frame.key)
  }
  scanJson(text, {
    begin(kind) {
      frames.push({ pointer: placeOfNext(), index: kind === 'array' ? 0 : -1, key: '', keys: new Map() })
      return true
    },
    key(name, offset) {
      const frame = frames.at(-1) as Frame
      frame.key = name
      const first = frame.keys.get(name)
      if (first !== undefined) found.push({ pointer: pointerTo(frame.pointer, name), first })
      frame.keys.set(name, offset)
    },
    scalar() {
      const frame = frames.at(-1)
      if (frame !== undefined && frame.index >= 0) frame.index += 1
    },
    end() {
      frames.pop()
    },
  })
  return found
}
