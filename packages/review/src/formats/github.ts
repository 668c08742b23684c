import { type Finding, type Severity, severities } from '../finding.ts'

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** Findings as annotations of GitHub Actions, one line each, errors first; members of archives annotate the archive. */
export function githubAnnotations(findings: readonly Finding[]): string {
  return [...findings]
    .sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
    .map((finding) => {
      const [file = '', member] = finding.file.split('!')
      const place = member === undefined && finding.line !== undefined
      const properties = [
        `file=${escapeProperty(file)}`,
        ...(place ? [`line=${finding.line}`, `col=${finding.column ?? 1}`] : []),
        `title=${escapeProperty(finding.rule)}`,
      ]
      const where = member === undefined ? '' : ` (${member})`
      return `::${commands[finding.severity]} ${properties.join(',')}::${escapeData(`${finding.message}${where} ${finding.hint}`)}\n`
    })
    .join('')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
