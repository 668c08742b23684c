import { type ArchiveLimits, defaultArchiveLimits } from './archive/limits.ts'

/** What reading may cost. */
export interface ReadOptions {
  /** Bytes of one text. Default 50 MB. */
  readonly maxTextBytes?: number
  /** Actions of one flow, at any depth. Default 20,000. */
  readonly maxActions?: number
  readonly archive?: Partial<ArchiveLimits>
}

/** `ReadOptions` with every default filled in. */
export interface ReadLimits {
  readonly maxTextBytes: number
  readonly maxActions: number
  readonly archive: ArchiveLimits
}

/** Fills in the defaults. */
export function limitsOf(options: ReadOptions): ReadLimits {
  return {
    maxTextBytes: options.maxTextBytes ?? 50_000_000,
    maxActions: options.maxActions ?? 20_000,
    archive: { ...defaultArchiveLimits, ...options.archive },
  }
}
