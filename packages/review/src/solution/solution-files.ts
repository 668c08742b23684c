// Which files belong to which solution. A solution is wherever a `solution.xml` lies, in a folder or in an archive;
// an unpacked one may keep it in the folder `Other`. A file belongs to the nearest solution above it.
import { looksLikeZip, type NamedFile, openArchive } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import type { ProblemSink } from './problem-sink.ts'

/** The files of one solution, as far as review reads them. */
export interface SolutionFiles {
  /** Archive or folder; '' for the folder that was given itself. */
  readonly file: string
  readonly manifest: NamedFile
  /** Every member, read or not, by its name inside the solution in lower case. */
  readonly members: ReadonlyMap<string, Member>
}

/** A file or a member of an archive; the bytes are there for those that review reads. */
export interface Member {
  /** Full name. */
  readonly name: string
  /** Name inside the solution as written. */
  readonly path: string
  readonly bytes: Uint8Array | undefined
}

/** A member that can be read, under its full name. */
export function withBytes(member: Member | undefined): NamedFile | undefined {
  return member?.bytes === undefined ? undefined : { name: member.name, bytes: member.bytes }
}

interface Listed {
  readonly name: string
  readonly bytes: Uint8Array | undefined
}

/** Members whose content says something about the solution. */
const isRead = (name: string): boolean =>
  /(^|\/)(solution|customizations|environmentvariabledefinition)\.xml$/i.test(name) ||
  /(^|\/)environmentvariablevalues\.json$/i.test(name) ||
  /(^|\/)connectors?\/[^/]*definition\.json$/i.test(name)

/** Sorts files and the members of archives among them by solution; files of no solution are left out. */
export function solutionsAmong(files: readonly NamedFile[], problem: ProblemSink): SolutionFiles[] {
  const listed = files.flatMap((file) =>
    looksLikeZip(file.bytes) ? membersOf(file, problem) : [{ name: file.name, bytes: file.bytes }],
  )
  const roots = new Map<string, { manifest: NamedFile; members: Map<string, Member> }>()
  for (const { name, bytes } of listed) {
    const root = /^(.*?)(?:other\/)?solution\.xml$/i.exec(name)?.[1]
    if (root === undefined || bytes === undefined || !/(^|[/!])$/.test(root)) continue
    roots.set(root, { manifest: { name, bytes }, members: new Map() })
  }
  if (roots.size === 0) return []
  for (const { name, bytes } of listed) {
    const root = nearestRoot(name, roots)
    if (root === undefined) continue
    const path = name.slice(root.length)
    roots.get(root)?.members.set(path.toLowerCase(), { name, path, bytes })
  }
  return [...roots].map(([root, found]) => ({ file: root.replace(/[/!]$/, ''), ...found }))
}

function nearestRoot(name: string, roots: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = name.length; end > 0; ) {
    end = Math.max(name.lastIndexOf('/', end - 1), name.lastIndexOf('!', end - 1))
    const root = name.slice(0, end + 1)
    if (roots.has(root)) return root
  }
  return undefined
}

/** Lists an archive; packages inside it are opened one level deep, as those of a deployment lie. */
function membersOf(archive: NamedFile, problem: ProblemSink, depth = 0): Listed[] {
  const others: Listed[] = []
  try {
    const opened = openArchive(archive, (member) => {
      const isWanted = isRead(member) || (depth === 0 && /\.zip$/i.test(member))
      if (!isWanted) others.push({ name: `${archive.name}!${member}`, bytes: undefined })
      return isWanted
    })
    return [
      ...others,
      ...opened.flatMap((file) =>
        /\.zip$/i.test(file.name) && looksLikeZip(file.bytes) ? membersOf(file, problem, depth + 1) : [file],
      ),
    ]
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    problem(error, archive.name)
    return []
  }
}
