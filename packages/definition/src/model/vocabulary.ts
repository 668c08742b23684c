// Canonical spellings. Files write types, kinds and statuses in any letter case; everything behind the reader
// compares the spellings of these tables.

/** Action types that exist, in the spelling of the documentation. */
export const actionTypes = [
  'Agent',
  'AgentHandoff',
  'ApiConnection',
  'ApiConnectionNotification',
  'ApiConnectionWebhook',
  'ApiManagement',
  'AppendToArrayVariable',
  'AppendToStringVariable',
  'AppService',
  'AS2Decode',
  'AS2Encode',
  'Batch',
  'Changeset',
  'ChunkText',
  'Compose',
  'CSharpScriptCode',
  'DecrementVariable',
  'EdifactDecode',
  'EdifactEncode',
  'Expression',
  'FlatFileDecoding',
  'FlatFileEncoding',
  'Foreach',
  'Function',
  'Http',
  'HttpWebhook',
  'If',
  'IncrementVariable',
  'InitializeVariable',
  'IntegrationAccountArtifactLookup',
  'InvokeFunction',
  'JavaScriptCode',
  'Join',
  'Liquid',
  'OpenApiConnection',
  'OpenApiConnectionNotification',
  'OpenApiConnectionWebhook',
  'ParseDocument',
  'ParseJson',
  'PowerShellCode',
  'Query',
  'Response',
  'RosettaNetDecode',
  'RosettaNetEncode',
  'RosettaNetWaitForResponse',
  'Scope',
  'Select',
  'SendToBatch',
  'ServiceProvider',
  'SetVariable',
  'SwiftDecode',
  'SwiftEncode',
  'Switch',
  'Table',
  'Terminate',
  'Until',
  'Wait',
  'Workflow',
  'X12Decode',
  'X12Encode',
  'XmlCompose',
  'XmlParse',
  'XmlValidation',
  'Xslt',
] as const

/** Trigger types that exist. */
export const triggerTypes = [
  'ApiConnection',
  'ApiConnectionNotification',
  'ApiConnectionWebhook',
  'ApiManagement',
  'AppService',
  'Batch',
  'EventGrid',
  'Http',
  'HttpWebhook',
  'InvokeFunction',
  'Manual',
  'OpenApiConnection',
  'OpenApiConnectionNotification',
  'OpenApiConnectionWebhook',
  'Recurrence',
  'Request',
  'ServiceProvider',
  'SlidingWindow',
] as const

/** Kinds of triggers and actions. */
export const kinds = [
  'AddToTime',
  'Agent',
  'Alert',
  'ApiConnection',
  'AzureMonitorAlert',
  'Button',
  'ConvertTimeZone',
  'CurrentTime',
  'DataMapper',
  'EventGrid',
  'FormatNumber',
  'Geofence',
  'GetFutureTime',
  'GetPastTime',
  'Http',
  'IndexOf',
  'JsonToJson',
  'JsonToText',
  'Polling',
  'PowerApp',
  'PowerAppV2',
  'PowerPages',
  'SecurityCenterAlert',
  'Skills',
  'Substring',
  'SubtractFromTime',
  'Teams',
  'TeamsWebhook',
  'VirtualAgent',
  'XmlToJson',
  'XmlToText',
] as const

/** Statuses that `runAfter` may name. */
const runAfterStatuses = [
  'Succeeded',
  'Failed',
  'Skipped',
  'TimedOut',
  'Cancelled',
  'Aborted',
  'Faulted',
  'Ignored',
  'Paused',
  'Running',
  'Suspended',
  'Waiting',
] as const

const actionTypeByName = byLowerCase(actionTypes)
const triggerTypeByName = byLowerCase(triggerTypes)
const kindByName = byLowerCase(kinds)
const statusByName = byLowerCase(runAfterStatuses)

/** Canonical spelling of an action type, or `undefined` when there is none such. */
export function canonicalActionType(written: string): string | undefined {
  return actionTypeByName.get(written.toLowerCase())
}

/** Canonical spelling of a trigger type, or `undefined`. */
export function canonicalTriggerType(written: string): string | undefined {
  return triggerTypeByName.get(written.toLowerCase())
}

/** Canonical spelling of a kind; an unknown one as written. */
export function canonicalKind(written: string): string {
  return kindByName.get(written.toLowerCase()) ?? written
}

/** Canonical spelling of a status, or `undefined`. */
export function canonicalStatus(written: string): string | undefined {
  return statusByName.get(written.toLowerCase())
}

function byLowerCase(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name.toLowerCase(), name]))
}
