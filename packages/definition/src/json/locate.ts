import { pointerKeys } from './pointer.ts'
import { scanJson } from './scan.ts'

/** A place in a text; line and column count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * Where the value at a JSON pointer stands: at its key, or at itself in an array. A pointer that leads into a
 * JSON text inside a string, or to something missing, gives the nearest place that exists.
 */
export function locate(text: string, pointer: string): Place {
  return locateAll(text, [pointer]).get(pointer) ?? { line: 1, column: 1 }
}

/** `locate` for many pointers in one pass. */
export function locateAll(text: string, pointers: Iterable<string>): Map<string, Place> {
  const root: Wanted = { offset: 0, inside: new Map() }
  const paths = new Map<string, readonly Wanted[]>()
  for (const pointer of pointers) if (!paths.has(pointer)) paths.set(pointer, want(root, pointer))
  findOffsets(text, root)
  const placeOf = placesIn(text)
  const places = new Map<string, Place>()
  for (const [pointer, path] of paths) {
    const nearest = path.findLast(({ offset }) => offset !== undefined)
    places.set(pointer, placeOf(nearest?.offset ?? 0))
  }
  return places
}

/** A value that is looked for, or that holds one. */
interface Wanted {
  /** `undefined` until it is found. */
  offset: number | undefined
  /** By key, or by index as text. */
  readonly inside: Map<string, Wanted>
}

/** The values on the way to a pointer, from outside in. */
function want(root: Wanted, pointer: string): readonly Wanted[] {
  const path = [root]
  let current = root
  for (const key of pointerKeys(pointer)) {
    let next = current.inside.get(key)
    if (next === undefined) {
      next = { offset: undefined, inside: new Map() }
      current.inside.set(key, next)
    }
    path.push(next)
    current = next
  }
  return path
}

/** Line and column of offsets in UTF-16 units; the lines of the text are counted once. */
export function placesIn(text: string): (offset: number) => Place {
  const ends: number[] = []
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) ends.push(end)
  return (offset) => {
    let [before, after] = [0, ends.length]
    while (before < after) {
      const middle = (before + after) >> 1
      if ((ends[middle] as number) < offset) before = middle + 1
      else after = middle
    }
    return { line: before + 1, column: offset - (before === 0 ? 0 : (ends[before - 1] as number) + 1) + 1 }
  }
}

interface Frame {
  readonly wanted: Wanted
  /** Index of the next element; -1 in an object. */
  index: number
  child: Wanted | undefined
}

/** Notes where each wanted value stands; the last one wins, as it does among repeated keys. */
function findOffsets(text: string, root: Wanted): void {
  const frames: Frame[] = []
  const enter = (key: string, frame: Frame, offset: number): void => {
    frame.child = frame.wanted.inside.get(key)
    if (frame.child !== undefined) frame.child.offset = offset
  }
  const value = (offset: number): Wanted | undefined => {
    const frame = frames.at(-1)
    if (frame === undefined) return root
    if (frame.index >= 0) enter(String(frame.index++), frame, offset)
    return frame.child
  }
  scanJson(text, {
    begin(kind, offset) {
      const wanted = value(offset)
      if (wanted === undefined || wanted.inside.size === 0) return false
      frames.push({ wanted, index: kind === 'array' ? 0 : -1, child: undefined })
      return true
    },
    key(name, offset) {
      enter(name, frames.at(-1) as Frame, offset)
    },
    scalar(_kind, _text, offset) {
      value(offset)
    },
    end() {
      frames.pop()
    },
  })
}
