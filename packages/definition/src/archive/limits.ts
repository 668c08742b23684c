/** What an archive may cost. */
export interface ArchiveLimits {
  /** Unpacked bytes of all members together. Default 200 MB. */
  readonly maxTotalBytes: number
  /** Unpacked to packed bytes of a member, once it is larger than `ratioFloorBytes`. Default 100. */
  readonly maxRatio: number
  /** Default 1 MB: small texts pack very well. */
  readonly ratioFloorBytes: number
  /** Default 10,000. */
  readonly maxEntries: number
}

export const defaultArchiveLimits: ArchiveLimits = {
  maxTotalBytes: 200_000_000,
  maxRatio: 100,
  ratioFloorBytes: 1_000_000,
  maxEntries: 10_000,
}
