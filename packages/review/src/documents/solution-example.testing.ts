import type { Review } from '../flow-review.ts'
import type { SolutionFacts } from '../solution/solution-facts.ts'
import { exampleReview, type ForeignTexts, finding, plainTexts } from './review-example.testing.ts'

/** A solution with one thing of each kind. */
export const facts: SolutionFacts = {
  file: 'bookings.zip',
  manifest: 'bookings.zip!solution.xml',
  uniqueName: 'Bookings',
  version: '1.2.0.4',
  publisher: 'Contoso',
  prefix: 'con',
  connectionReferences: [
    { name: 'con_mail', displayName: 'Mail', api: 'shared_office365', isCustomizable: true },
  ],
  environmentVariables: [
    {
      name: 'con_site',
      displayName: 'Site',
      type: 'String',
      isCustomizable: false,
      hasDefault: true,
      hasValue: false,
    },
  ],
  missingDependencies: [{ name: 'Account', type: 'Table', solution: 'Base (9.0)', dependent: 'Book a room' }],
  customConnectors: [{ name: 'Rooms', description: 'Books rooms', host: 'rooms.example.com' }],
  tables: ['con_Room'],
  roles: ['Clerk'],
  fieldSecurityProfiles: ['Wages'],
  canvasApps: ['Desk'],
  customControls: ['con_Grid'],
  languageCode: '1033',
}

/** The review of that solution with the example flow. */
export function solutionOf(part: Partial<Review> = {}): Review {
  return {
    flows: [exampleReview()],
    findings: [
      finding({ rule: 'ALM802', file: 'bookings.zip!solution.xml', message: 'A table is missing.' }),
    ],
    solutions: [facts],
    ...part,
  }
}

/** The same with foreign texts wherever a solution has names. */
export function hostileSolution(texts: ForeignTexts): Review {
  const { name, action, variable, notes } = texts
  const { isCustomizable } = { isCustomizable: true }
  return {
    flows: [exampleReview(texts), exampleReview(plainTexts)],
    findings: [finding({ file: name, message: notes, pointer: `/${action}` })],
    solutions: [
      {
        ...facts,
        file: name,
        uniqueName: name,
        version: variable,
        publisher: notes,
        connectionReferences: [{ name, displayName: action, api: variable, isCustomizable }],
        environmentVariables: [
          { name, displayName: notes, type: variable, isCustomizable, hasDefault: false, hasValue: true },
        ],
        missingDependencies: [{ name, type: variable, solution: notes, dependent: action }],
        customConnectors: [{ name, description: notes, host: variable }],
        tables: [name],
        roles: [action],
        canvasApps: [notes],
        languageCode: variable,
      },
    ],
  }
}
