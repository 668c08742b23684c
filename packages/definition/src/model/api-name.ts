/** Last part of an API id such as `/providers/Microsoft.PowerApps/apis/shared_vome`. */
export function apiName(id: string): string {
  return id.split('/').at(-1) ?? id
}
