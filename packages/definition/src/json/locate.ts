import { pointerKeys, pointerTo } from './pointer.ts'
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
  const wanted = [...new Set(pointers)]
  const offsets = offsetsOf(text, new Set(wanted.flatMap(prefixesOf)))
  const ends = lineEndsIn(text)
  return new Map(
    wanted.map((pointer) => {
      const known = prefixesOf(pointer).findLast((prefix) => offsets.has(prefix))
      return [pointer, placeAmong(ends, known === undefined ? 0 : (offsets.get(known) ?? 0))]
    }),
  )
}

/** Offsets of the line ends of a text, in its order. */
function lineEndsIn(text: string): number[] {
  const ends: number[] = []
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) ends.push(end)
  return ends
}

/** `placeAt` where the line ends are known. */
function placeAmong(ends: readonly number[], offset: number): Place {
  let [before, after] = [0, ends.length]
  while (before < after) {
    const middle = (before + after) >> 1
    if ((ends[middle] as number) < offset) before = middle + 1
    else after = middle
  }
  return { line: before + 1, column: offset - (before === 0 ? 0 : (ends[before - 1] as number) + 1) + 1 }
}

/** Line and column of an offset in UTF-16 units. */
export function placeAt(text: string, offset: number): Place {
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1
    start = end + 1
  }
  return { line, column: offset - start + 1 }
}

function prefixesOf(pointer: string): string[] {
  const prefixes = ['']
  for (const key of pointerKeys(pointer)) prefixes.push(pointerTo(prefixes.at(-1) as string, key))
  return prefixes
}

interface Frame {
  /** `undefined` when nothing wanted lies inside. */
  readonly pointer: string | undefined
  /** Index of the next element; -1 in an object. */
  index: number
  child: string | undefined
}

/** Offset of each wanted pointer; the last one wins, as it does among repeated keys. */
function offsetsOf(text: string, wanted: ReadonlySet<string>): Map<string, number> {
  const offsets = new Map<string, number>([['', 0]])
  const frames: Frame[] = []
  const enter = (key: string | number, frame: Frame, offset: number): void => {
    if (frame.pointer === undefined) return
    const pointer = pointerTo(frame.pointer, key)
    frame.child = wanted.has(pointer) ? pointer : undefined
    if (frame.child !== undefined) offsets.set(pointer, offset)
  }
  const value = (offset: number): string | undefined => {
    const frame = frames.at(-1)
    if (frame === undefined) return ''
    if (frame.index >= 0) enter(frame.index++, frame, offset)
    return frame.child
  }
  scanJson(text, {
    begin(kind, offset) {
      frames.push({ pointer: value(offset), index: kind === 'array' ? 0 : -1, child: undefined })
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
  return offsets
}
