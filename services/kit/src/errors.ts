/** Codes of this package; `Service.*` reach the clients of a service in its own error form. */
export const serviceErrors = {
  portTaken: 'Service.PortTaken',
  alreadyRuns: 'Service.AlreadyRuns',
  folder: 'Service.FolderNotWritable',
  newerSchema: 'Service.NewerSchema',
  definition: 'Service.BadDefinition',
  unauthorized: 'Service.Unauthorized',
  ownerOnly: 'Service.OwnerOnly',
  tooManyCalls: 'Service.TooManyCalls',
  invalid: 'Service.Invalid',
  notFound: 'Service.NotFound',
  badKey: 'Service.BadIdempotencyKey',
  keyReused: 'Service.IdempotencyKeyReused',
  wrongHost: 'Service.WrongHost',
  unreadable: 'Service.Unreadable',
  storage: 'Service.Storage',
  internal: 'Service.Internal',
} as const
