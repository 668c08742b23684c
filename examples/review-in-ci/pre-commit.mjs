// A pre-commit hook: reviews the flows that are about to be committed, as they are staged. Copy it to
// .git/hooks/pre-commit (on Windows, too: git brings the shell that starts it) or call it from a hook manager.
// FLOWSTEAD names the command; by default it is a checkout of Flowstead beside your repository.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'

const command = process.env.FLOWSTEAD ?? '../flowstead/packages/cli/bin/flowstead.mjs'

const git = (...args) => {
  const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const staged = git('diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z', '--', 'flows')
if (staged === '') process.exit(0)

const folder = mkdtempSync(join(tmpdir(), 'flow-review-'))
try {
  // What is staged may differ from the files in the folder.
  git('checkout-index', '--all', `--prefix=${folder}${sep}`)
  const review = [resolve(command), 'review', 'flows', '--strict']
  const { status } = spawnSync(process.execPath, review, { cwd: folder, stdio: 'inherit' })
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
