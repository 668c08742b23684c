/** Tokens of users who have logged in: 256 random bits, kept as SHA-256, good for twelve hours. */
import { createHash, randomBytes } from 'node:crypto'
import {
  type Handler,
  insertRow,
  isoTime,
  noContent,
  refused,
  type ServiceContext,
} from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { forbidden, planadoErrors, problem } from './errors.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { showUser } from './users.ts'
import { rightsOf } from './workers.ts'

const livesMs = 12 * 3_600_000

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The id of the user who holds this token. */
export function userOfToken(token: string, { db, now }: ServiceContext): string | undefined {
  const row = db
    .prepare<{ user_id: string }>('SELECT user_id FROM user_tokens WHERE hash = ? AND expires_at > ?')
    .get(hashOf(token), now())
  return row?.user_id
}

function wrongLogin() {
  const message = 'There is no user with this "email" and "password".'
  return refused({
    status: 401,
    code: planadoErrors.forbidden,
    message,
    fields: [problem('email', 'exists', message)],
  })
}

/** Handlers by operationId. */
export const loginHandlers: Record<string, Handler> = {
  login: (call) => {
    const { app, email, password } = call.body as { app: 'web' | 'mobile'; email: string; password: string }
    const user = call.db.prepare<Row>('SELECT * FROM users WHERE email = ?').get(email)
    // An unknown address takes as long as a wrong password.
    if (!isPassword(password, user === undefined ? hashPassword('') : String(user.password)))
      throw wrongLogin()
    if (user === undefined) throw wrongLogin()
    if (!rightsOf(user).has(`${app}.login`)) throw forbidden(`${app}.login`)
    const token = `fsu_${randomBytes(32).toString('base64url')}`
    const expiresAt = call.now() + livesMs
    call.db.prepare('DELETE FROM user_tokens WHERE expires_at <= ?').run(call.now())
    insertRow(call.db, 'user_tokens', {
      hash: hashOf(token),
      user_id: user.id ?? null,
      expires_at: expiresAt,
    })
    return { status: 201, body: { token, expires_at: isoTime(expiresAt), user: showUser(call, user) } }
  },
  logout: ({ db, headers }) => {
    const token = String(headers?.authorization ?? '').replace(/^Bearer /i, '')
    db.prepare('DELETE FROM user_tokens WHERE hash = ?').run(hashOf(token))
    return noContent
  },
}
