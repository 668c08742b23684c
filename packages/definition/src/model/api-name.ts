/**
 * Last part of an API id such as `/providers/Microsoft.PowerApps/apis/shared_vome`, also of an id that a deployment
 * template computes; '' when only the deployment tells it.
 */
export function apiName(id: string): string {
  if (!id.startsWith('[') || id.startsWith('[[')) return lastPart(id)
  return lastPart(computedEnd.exec(id)?.[1] ?? '')
}

/** The text that a template expression ends with, unless that names a parameter or variable. */
const computedEnd = /(?<!\b(?:parameters|variables)\(\s*)'([^']*)'[\s)]*\]$/i

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
