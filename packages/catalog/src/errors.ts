/** Codes of this package. */
export const catalogErrors = {
  illegalMove: 'Catalog.IllegalMove',
  twice: 'Catalog.NameTwice',
  unknown: 'Catalog.UnknownName',
} as const
