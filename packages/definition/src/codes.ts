import type { Severity } from './flow.ts'

/** Every problem this package can report: stable code, usual severity, meaning. */
export const problemCodes = {
  'Definition.TooLarge': { severity: 'error', means: 'The text or the number of actions is over the limit.' },
  'Definition.UnknownEncoding': { severity: 'error', means: 'The bytes are neither UTF-8 nor UTF-16.' },
  'Definition.NotJson': { severity: 'error', means: 'The text is not JSON.' },
  'Definition.TooDeep': { severity: 'error', means: 'Objects and arrays are nested deeper than the limit.' },
  'Definition.TolerantJson': {
    severity: 'warning',
    means: 'Comments, trailing commas or raw control characters.',
  },
  'Definition.RepeatedKey': {
    severity: 'warning',
    means: 'A key occurs twice in one object; the last one counts.',
  },
  'Definition.NotAFlow': { severity: 'error', means: 'JSON, but no flow definition is in it.' },
  'Definition.WrapperNotSupported': { severity: 'error', means: 'A flow in a wrapper that cannot be read.' },
  'Definition.ClassicWorkflow': {
    severity: 'warning',
    means: 'A classic workflow (XAML) beside the flows is left out.',
  },
  'Definition.UnresolvedTemplate': {
    severity: 'warning',
    means: 'A deployment template expression that stays as text.',
  },
  'Definition.DuplicateId': {
    severity: 'warning',
    means: 'Two flows carry the same id; the later one got a suffix.',
  },
  'Definition.BadMetadata': { severity: 'warning', means: 'A side file with names of flows cannot be read.' },
  'Archive.NotAnArchive': { severity: 'error', means: 'The zip directory is missing or damaged.' },
  'Archive.NotSupported': {
    severity: 'error',
    means: 'Several disks, Zip64 or an unknown compression method.',
  },
  'Archive.UnsafeName': { severity: 'error', means: 'A member name is absolute, climbs out, or holds NUL.' },
  'Archive.UnsafeEntry': { severity: 'error', means: 'A member is a link or a device.' },
  'Archive.NameMismatch': { severity: 'error', means: 'A member has two different names.' },
  'Archive.DuplicateName': {
    severity: 'error',
    means: 'Two members have the same name, case and accents aside.',
  },
  'Archive.Encrypted': { severity: 'error', means: 'A member is encrypted.' },
  'Archive.Overlap': { severity: 'error', means: 'Members share bytes of the archive.' },
  'Archive.SizeMismatch': { severity: 'error', means: 'A member is not as long as the directory says.' },
  'Archive.Damaged': { severity: 'error', means: 'A member cannot be unpacked or has the wrong checksum.' },
  'Archive.TooLarge': { severity: 'error', means: 'Unpacked size or ratio is over the limit.' },
  'Archive.TooManyEntries': { severity: 'error', means: 'More members than the limit.' },
  'Archive.Doctype': { severity: 'error', means: 'An XML side file declares a DOCTYPE.' },
  'Definition.WrongShape': { severity: 'error', means: 'A value has the wrong JSON type for its place.' },
  'Definition.MissingType': { severity: 'error', means: 'A trigger or action has no type.' },
  'Definition.UnknownActionType': { severity: 'warning', means: 'The action will fail when it is reached.' },
  'Definition.UnknownTriggerType': { severity: 'warning', means: 'The trigger will not fire.' },
  'Definition.NoTrigger': { severity: 'warning', means: 'Nothing starts the flow.' },
  'Definition.SeveralTriggers': { severity: 'warning', means: 'More than one trigger.' },
  'Definition.ManyActions': { severity: 'warning', means: 'More actions than the platform takes.' },
  'Definition.MissingPart': { severity: 'error', means: 'A required part of an action is missing.' },
  'Definition.DuplicateAction': { severity: 'error', means: 'Two actions have the same name, case aside.' },
  'Definition.DuplicateCase': { severity: 'error', means: 'Two cases of a Switch have the same value.' },
  'Definition.TerminateInLoop': { severity: 'error', means: 'Terminate inside Foreach or Until.' },
  'Definition.InitializeNotAtTop': { severity: 'error', means: 'InitializeVariable inside another action.' },
  'Definition.DuplicateVariable': { severity: 'error', means: 'A variable is initialized twice.' },
  'Definition.SelfReference': { severity: 'error', means: 'SetVariable reads the variable it sets.' },
  'Definition.UnknownStatus': { severity: 'error', means: 'runAfter names a status that does not exist.' },
  'Definition.MissingRunAfter': { severity: 'error', means: 'runAfter names an action that does not exist.' },
  'Definition.RunAfterOtherBlock': { severity: 'error', means: 'runAfter names an action of another block.' },
  'Definition.Cycle': { severity: 'error', means: 'Actions wait for each other.' },
  'Definition.InvalidExpression': { severity: 'error', means: 'An expression does not parse.' },
  'Definition.UnknownFunction': {
    severity: 'warning',
    means: 'An expression calls a function that does not exist; it will fail when it is reached.',
  },
  'Definition.WrongArguments': {
    severity: 'warning',
    means: 'A function gets too few or too many arguments; the expression will fail when it is reached.',
  },
  'Definition.UnknownAction': {
    severity: 'error',
    means: 'An expression names an action that does not exist.',
  },
  'Definition.UnknownLoop': {
    severity: 'error',
    means: 'items() or iterationIndexes() names no enclosing loop.',
  },
  'Definition.UnknownParameter': { severity: 'error', means: 'A parameter is not declared.' },
  'Definition.UnknownVariable': { severity: 'error', means: 'A variable is not initialized.' },
  'Definition.UnknownConnection': {
    severity: 'error',
    means: 'connectionName is not in connectionReferences.',
  },
  'Definition.UnknownConnector': { severity: 'warning', means: 'There is no definition of the connector.' },
  'Definition.UnknownOperation': { severity: 'error', means: 'The connector has no such operation.' },
} as const satisfies Record<string, { severity: Severity; means: string }>

export type ProblemCode = keyof typeof problemCodes
