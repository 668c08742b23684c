/** The host of a literal URL, lower case, without its port; `undefined` when it is computed or there is none. */
export function hostOf(url: string): string | undefined {
  const authority = /^\s*https?:\/\/([^/?#\s]+)/i.exec(url)?.[1]
  if (authority === undefined || authority.length > 300 || authority.includes('@{')) return undefined
  return /(\[[^\]]*\]|[^:]+)(:\d*)?$/.exec(authority.split('@').at(-1) ?? '')?.[1]?.toLowerCase()
}

const secondLevels: ReadonlySet<string> = new Set(['co', 'com', 'org', 'net', 'gov', 'ac', 'edu'])

const oneOwner =
  /\.?(microsoft|microsoftonline|office|office365|azure|windows|dynamics|sharepoint|powerapps|azurewebsites)$/

/** Whose host it is, as far as names tell: the domain somebody registered; Microsoft's count as one. */
export function ownerOfHost(host: string): string {
  const labels = host.split('.')
  if (labels.length < 2 || /^[\d.]+$/.test(host)) return host
  const hasSecondLevel =
    labels.length > 2 && labels.at(-1)?.length === 2 && secondLevels.has(labels.at(-2) ?? '')
  const owner = labels.slice(hasSecondLevel ? -3 : -2)
  return oneOwner.test(owner[0] ?? '') ? 'microsoft' : owner.join('.')
}

/** Loopback, link-local and names that only exist on the machine or in its own network. */
export function isLocalHost(host: string): boolean {
  return (
    /^(localhost|127\.\d+\.\d+\.\d+|169\.254\.\d+\.\d+|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/.test(
      host,
    ) ||
    /\.(localhost|local|internal|test)$/.test(host) ||
    !/[.:@]/.test(host)
  )
}
