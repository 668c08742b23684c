/** Codes of this package. */
export const catalogErrors = {
  illegalMove: 'Catalog.IllegalMove',
  twice: 'Catalog.NameTwice',
} as const
