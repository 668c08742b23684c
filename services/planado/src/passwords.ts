/** Passwords are kept as scrypt hashes with a salt of their own. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

const hashBytes = 32

/** `salt.hash`, as it is kept. */
export function hashPassword(password: string, salt = randomBytes(16).toString('base64url')): string {
  return `${salt}.${scryptSync(password, salt, hashBytes).toString('base64url')}`
}

/** Whether it is the password that was hashed; takes as long for every answer. */
export function isPassword(password: string, kept: string): boolean {
  const [salt = '', hash = ''] = kept.split('.')
  const expected = Buffer.from(hash, 'base64url')
  const given = scryptSync(password, salt, hashBytes)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
