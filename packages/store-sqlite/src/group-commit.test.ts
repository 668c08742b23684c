import type { Database } from '@flowstead/sqlite'
import { describe, expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'

/** A database that only counts its transactions. */
function countingDatabase() {
  const commits: number[] = []
  let changes = 0
  const db = {
    path: ':memory:',
    transaction<T>(work: () => T): T {
      changes = 0
      const result = work()
      commits.push(changes)
      return result
    },
  } as unknown as Database
  return { db, commits, change: () => ++changes }
}

describe('group commit', () => {
  test('changes that are asked for together share one transaction', async () => {
    const { db, commits, change } = countingDatabase()
    const group = groupCommit(db)
    await Promise.all(Array.from({ length: 50 }, () => group.add(change)))
    expect(commits).toEqual([50])
  })

  test('changes that arrive in the next turn of the event loop still belong to the group', async () => {
    const { db, commits, change } = countingDatabase()
    const group = groupCommit(db)
    const first = group.add(change)
    await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([first, group.add(change)])
    expect(commits).toEqual([2])
  })

  test('a steady stream of changes does not keep the first one waiting for ever', async () => {
    const { db, commits, change } = countingDatabase()
    const group = groupCommit(db)
    const all: Promise<number>[] = []
    let isFirstDone = false
    all.push(group.add(change))
    void all[0]?.then(() => {
      isFirstDone = true
    })
    for (let turn = 0; turn < 40 && !isFirstDone; turn++) {
      all.push(group.add(change))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all(all)
    expect(all.length).toBeLessThan(20)
    expect(commits.length).toBeGreaterThanOrEqual(1)
  })

  test('a change that throws leaves the others of its group alone', async () => {
    const { db, change } = countingDatabase()
    const group = groupCommit(db)
    const broken = group.add(() => {
      throw new Error('no')
    })
    const whole = group.add(change)
    await expect(broken).rejects.toThrow('no')
    await expect(whole).resolves.toBe(1)
  })
})
