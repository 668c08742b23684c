/** Sample tags, custom fields, forms and sequences of the organisation, in the languages of its people. */
import type { Row } from '@flowstead/sqlite'
import { automations } from '../automations/automations.ts'
import { derivedId } from '../derived-id.ts'
import { folders, forms, questions } from '../forms/forms.ts'
import { customFieldOptions, customFields } from '../profiles/custom-fields.ts'
import { tags } from '../profiles/tags.ts'
import type { Resource } from '../resource/resource.ts'
import { sequenceSteps, sequences } from '../sequences/sequences.ts'

/** A row of the sample data. */
export interface Sample {
  readonly resource: Resource
  readonly id: string
  readonly values: Row
}

const tagTitles = { driver: 'řidič', kitchen: 'cuisine', translator: 'переводчик', kana: '通訳ボランティア' }
const sizes = ['S', 'M', 'L', 'XL']

interface SampleForm {
  readonly key: string
  readonly title: string
  readonly description: string
  readonly folder: string
  /** Type, title, options. */
  readonly questions: readonly (readonly [type: string, title: string, options?: readonly string[]])[]
}

const sampleForms: readonly SampleForm[] = [
  {
    key: 'application',
    title: 'Přihláška dobrovolníka',
    description: 'Whoever sends it enters the onboarding.',
    folder: 'Přihlášky',
    questions: [
      ['single_choice', 'Kde chcete pomáhat?', ['Sklad', 'Kuchyně', 'Zahrada']],
      ['multiple_choice', 'Kterými jazyky mluvíte?', ['čeština', 'français', 'русский', '日本語']],
      ['long_text', 'Proč chcete pomáhat?'],
      ['date', 'Od kdy můžete začít?'],
    ],
  },
  {
    key: 'accord',
    title: 'Accord de bénévolat',
    description: 'À signer une fois par an.',
    folder: 'Accords',
    questions: [
      ['checkbox', 'J’ai lu la charte', ['Oui']],
      ['short_text', 'Fait à'],
    ],
  },
  {
    key: 'survey',
    title: 'ボランティアアンケート',
    description: '活動のあとに答えてください。',
    folder: 'アンケート',
    questions: [
      ['rating', '活動はいかがでしたか'],
      ['long_text', 'ご意見（ひらがなでもカタカナでも）'],
    ],
  },
]

interface SampleSequence {
  readonly key: string
  readonly title: string
  readonly description: string
  readonly steps: readonly (readonly [category: string, title: string, description: string])[]
}

const sampleSequences: readonly SampleSequence[] = [
  {
    key: 'onboarding',
    title: 'Uvedení dobrovolníka',
    description: 'From the application to the first shift.',
    steps: [
      ['orientation', 'Úvodní schůzka', 'Kdo jsme a jak pomáháme.'],
      ['interview', 'Pohovor', 'Půl hodiny s koordinátorkou.'],
      ['fillable_pdf', 'Smlouva', 'Dobrovolnická smlouva k podpisu.'],
      ['training', 'Школа безопасности', 'Инструктаж по технике безопасности.'],
    ],
  },
  {
    key: 'kitchen',
    title: 'Formation hygiène',
    description: 'Pour travailler en cuisine.',
    steps: [
      ['video', 'Les règles d’hygiène', 'Vingt minutes.'],
      ['form', 'Questionnaire', 'Dix questions.'],
    ],
  },
]

const sampleId = (kind: string, ...parts: (string | number)[]) => derivedId(kind, ...parts)

/** All of it, parents before children. */
export function onboardingSamples(): Sample[] {
  return [
    ...Object.entries(tagTitles).map(([key, tag_title]) => ({
      resource: tags,
      id: sampleId('tag', key),
      values: { tag_title },
    })),
    ...customFieldSamples(),
    ...sampleForms.flatMap(formSamples),
    ...sampleSequences.flatMap(sequenceSamples),
    automation('application', 'form_submitted', sampleId('form', 'application'), {
      action: 'assign_sequence',
      target_id: sampleId('sequence', 'onboarding'),
    }),
    automation('kitchen', 'question_answered', sampleId('question', 'application', 0), {
      answer: 'Kuchyně',
      action: 'assign_sequence',
      target_id: sampleId('sequence', 'kitchen'),
    }),
    automation('hygiene', 'sequence_finished', sampleId('sequence', 'kitchen'), {
      action: 'add_tag',
      target_id: sampleId('tag', 'kitchen'),
    }),
  ]
}

function customFieldSamples(): Sample[] {
  const id = sampleId('custom field', 'shirt')
  return [
    { resource: customFields, id, values: { title: 'Velikost trička', field_type: 3 } },
    ...sizes.map((value, at) => ({
      resource: customFieldOptions,
      id: sampleId('option', value),
      values: { custom_field_id: id, value, order: at + 1 },
    })),
    {
      resource: customFields,
      id: sampleId('custom field', 'reading'),
      values: { title: 'Čtení jména (kana)', field_type: 0 },
    },
  ]
}

function formSamples({ description, folder, key, questions: asked, title }: SampleForm): Sample[] {
  const id = sampleId('form', key)
  const folder_id = sampleId('folder', folder)
  return [
    { resource: folders, id: folder_id, values: { name: folder } },
    { resource: forms, id, values: { title, description, folder_id } },
    ...asked.map(([question_type, text, options = []], at) => ({
      resource: questions,
      id: sampleId('question', key, at),
      values: { form_id: id, title: text, question_type, options: JSON.stringify(options) },
    })),
  ]
}

function sequenceSamples({ description, key, steps, title }: SampleSequence): Sample[] {
  const id = sampleId('sequence', key)
  return [
    { resource: sequences, id, values: { title, description, sequence_status: 'published' } },
    ...steps.map(([category, text, about], at) => ({
      resource: sequenceSteps,
      id: sampleId('step', key, at),
      values: { sequence_id: id, category, title: text, description: about, order: at + 1 },
    })),
  ]
}

function automation(key: string, event: string, source_id: string, values: Row): Sample {
  return { resource: automations, id: sampleId('automation', key), values: { event, source_id, ...values } }
}
