// What a secret looks like when it is typed into a definition. Only forms that mean nothing else: a false alarm here
// costs more trust than a miss. Nothing in this file returns the secret itself. Repetitions in patterns have bounds, so
// that hostile texts take no longer than their length.

/** A form that is a secret wherever it stands. */
interface SecretForm {
  /** For people, with its article: "an access token". */
  readonly kind: string
  /** The secret is the group, or all of it when there is no group. */
  readonly pattern: RegExp
}

const forms: readonly SecretForm[] = [
  {
    kind: 'the key of a storage account or bus',
    pattern: /\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{20,}={0,2})/i,
  },
  {
    kind: 'a shared access signature',
    pattern: /\bSharedAccessSignature=([^;\s]{20,})/i,
  },
  {
    kind: 'a URL with its signature',
    pattern: /^\s*https?:\/\/\S*[?&]sig=([A-Za-z0-9%_+/=-]{20,})/i,
  },
  {
    kind: 'an access token',
    pattern: /\b(eyJ[A-Za-z0-9_-]{10,300}\.eyJ[A-Za-z0-9_-]{10,3000}\.)/,
  },
  {
    kind: 'an access token',
    pattern: /\b((?:ghp|gho|ghs)_[A-Za-z0-9]{36}|github_pat_\w{40,}|xox[abp]-[\w-]{20,}|sk_live_\w{20,})/,
  },
  {
    kind: 'an access key',
    pattern: /\b(AKIA[0-9A-Z]{16})\b/,
  },
  {
    kind: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  },
  {
    kind: 'a password in a connection string',
    pattern:
      /\b(?:Server|Data Source|Host|User Id|Uid)=[^;]{1,200};.{0,2000}?\b(?:Password|Pwd)=([^;\s]{4,})/i,
  },
  {
    kind: 'a user name with its password in a URL',
    pattern: /^\s*https?:\/\/[^\s/:@]+:([^\s/@]{4,})@/i,
  },
]

/** The shortest text in which a form can be found. */
const shortest = 14

/** What kind of secret a typed text holds; `undefined` when it holds none for certain. */
export function secretIn(text: string): string | undefined {
  if (text.length < shortest) return undefined
  return forms.find(({ pattern }) => {
    const match = pattern.exec(text)
    return match !== null && (match[1] === undefined || !isPlaceholder(match[1]))
  })?.kind
}

/** What kind of secret the value of an Authorization header is, typed in full. */
export function secretInHeader(text: string): string | undefined {
  const [, scheme = '', value = ''] = /^\s*(Basic|Bearer)\s+(\S{8,})\s*$/i.exec(text) ?? []
  if (value === '' || isPlaceholder(value)) return undefined
  if (scheme.toLowerCase() === 'bearer') return 'an access token'
  return /^[A-Za-z0-9+/]+={0,2}$/.test(value) && Buffer.from(value, 'base64').toString().includes(':')
    ? 'a user name with its password'
    : undefined
}

/** A key as it is compared with names of secrets: the last part of `body/client_secret` is `clientsecret`. */
export function plainKey(key: string): string {
  return (key.split('/').at(-1) ?? key).toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

const placeholderWords =
  /your|insert|enter|replace|change.?me|placeholder|dummy|example|sample|todo|redact|secret.?here|key.?here|hidden/i

/**
 * Whether a value stands for a secret that somebody is to put in, or describes one.
 * @param key what the value is called; a value that only repeats it is no secret.
 */
export function isPlaceholder(value: string, key = ''): boolean {
  const text = value.trim().slice(0, 200)
  if (text.length < 4 || /\s/.test(text)) return true
  if (/[<{[(%$#]\S*[>}\])%#]/.test(text) || /^[x*.\-_?0]+$/i.test(text)) return true
  const plain = plainKey(text)
  if (plain === plainKey(key) || /^(string|text|null|none|true|false|password|secret|token|key)$/.test(plain))
    return true
  return placeholderWords.test(text)
}
