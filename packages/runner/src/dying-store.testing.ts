import type { RunStore } from './ports.ts'

/** Where the process ends: before its n-th commit, or after it and before anybody was told. */
export interface Death {
  readonly at: number
  readonly when: 'before' | 'after'
}

/** A store whose process ends at a commit: nothing that was under way then comes to an end. */
export function dyingStore(inner: RunStore, death: Death): RunStore & { readonly isDead: () => boolean } {
  let commits = 0
  let isDead = false
  const never = new Promise<never>(() => {})
  const write = async <T>(commit: () => Promise<T>): Promise<T> => {
    if (isDead) return never
    commits += 1
    if (commits < death.at) return commit()
    isDead = true
    if (death.when === 'after') await commit()
    return never
  }
  return {
    ...inner,
    start: (runs, cursor) => write(() => inner.start(runs, cursor)),
    append: (run, after, events, summary) => write(() => inner.append(run, after, events, summary)),
    admit: (run, events, summary) => write(() => inner.admit(run, events, summary)),
    isDead: () => isDead,
  }
}
