/** The rows of the sample company. */
import type { Permissions } from './rights.ts'
import type { GivenMove } from './transitions.ts'
import type { Members } from './versioned.ts'

/** Directories by table, in the order in which they can be added. */
export const sampleDirectories: readonly (readonly [table: string, rows: readonly Members[]])[] = [
  [
    'territories',
    [
      { name: 'Екатеринбург, центр' },
      { name: 'Praha 7' },
      { name: 'Lyon – Croix-Rousse' },
      { name: '東京都中央区' },
    ],
  ],
  ['skills', [{ name: 'Электрик' }, { name: 'Klempíř' }, { name: 'Fibre optique' }, { name: 'エアコン' }]],
  [
    'job_types',
    [
      { code: 'install', name: 'Установка' },
      { code: 'repair', name: 'Oprava' },
      { code: 'handout', name: 'Equipment hand-out' },
    ],
  ],
  ['dictionaries', [{ name: 'Модель счётчика' }, { name: 'Vybavení' }]],
  [
    'resolutions',
    [
      { name: 'Выполнено', successful: true, has_comment: true },
      { name: 'Клиента нет дома', successful: false, has_comment: true, comment_required: true },
      { name: 'Předáno', successful: true },
    ],
  ],
  [
    'teams',
    [
      {
        name: 'Бригада «Север»',
        territory: { name: 'Екатеринбург, центр' },
        workers: [{ email: 'anna.sokolova@planado.example' }, { email: 'pavel.orlov@planado.example' }],
      },
      { name: 'Équipe Lyon', workers: [{ email: 'remi.lefevre@planado.example' }] },
    ],
  ],
]

/** Values of the dictionaries, by the dictionary's name. */
export const sampleValues: readonly (readonly [dictionary: string, names: readonly string[]])[] = [
  ['Модель счётчика', ['Меркурий 201', 'Нева 103', 'Энергомера CE101']],
  ['Vybavení', ['Vesta', 'Rukavice', 'Vysílačka']],
]

const worker: Permissions = { mobile: { login: true, jobs: { view: true, complete: true } } }

const dispatcher: Permissions = {
  web: {
    login: true,
    jobs: { view: true, edit: true, delete: true },
    clients: { view: true, edit: true },
    schedule: { view: true, edit: true },
    map: { edit: true },
    shifts: { edit: true },
    teams: { view: true, edit: true },
    jobs_export: true,
  },
}

const onlooker: Permissions = { web: { login: true, jobs: { view: true } } }

/** Users; all have the same password. */
export const sampleUsers = [
  {
    first_name: 'Ольга',
    last_name: 'Петрова',
    email: 'dispatcher@planado.example',
    mobile_phone: '+7 343 000 00 01',
    granted: dispatcher,
  },
  {
    first_name: 'Анна',
    last_name: 'Соколова',
    email: 'anna.sokolova@planado.example',
    mobile_phone: '+7 343 000 00 02',
    territory: { name: 'Екатеринбург, центр' },
    skills: [{ name: 'Электрик' }],
    granted: worker,
  },
  { first_name: 'Павел', last_name: 'Орлов', email: 'pavel.orlov@planado.example', granted: worker },
  {
    first_name: 'Jiří',
    last_name: 'Dvořák',
    email: 'jiri.dvorak@planado.example',
    territory: { name: 'Praha 7' },
    skills: [{ name: 'Klempíř' }],
    granted: worker,
  },
  { first_name: 'Rémi', last_name: 'Lefèvre', email: 'remi.lefevre@planado.example', granted: worker },
  { first_name: '健一', last_name: '田中', email: 'kenichi.tanaka@planado.example', granted: onlooker },
] as const

/** Templates, with a field for each row of the value matrix. */
export const sampleTemplates = [
  {
    name: 'Установка счётчика',
    job_type: { code: 'install' },
    description: 'Установить и опломбировать счётчик.',
    scheduled_duration: { minutes: 90 },
    possible_resolutions: [{ name: 'Выполнено' }, { name: 'Клиента нет дома' }],
    custom_fields: [
      { name: 'Лицевой счёт', field_type: 'input', data_type: 'string' },
      {
        name: 'Схема',
        field_type: 'file',
        data_type: 'attachment',
        value: 'https://files.planado.example/scheme.pdf',
      },
      {
        name: 'Модель',
        field_type: 'dictionary',
        data_type: 'dictionary',
        dictionary: { name: 'Модель счётчика' },
      },
    ],
    report_fields: [
      { name: 'Показания', field_type: 'input', data_type: 'string', required: true },
      { name: 'Замечания', field_type: 'textarea', data_type: 'string' },
      { name: 'Напряжение отключено', field_type: 'checkbox', data_type: 'boolean' },
      { name: 'Позвонить клиенту', field_type: 'action', data_type: 'boolean' },
      { name: 'Заводской номер', field_type: 'barcode', data_type: 'string' },
      { name: 'Фото', field_type: 'image', data_type: 'attachment' },
      {
        name: 'Установленная модель',
        field_type: 'dictionary',
        data_type: 'dictionary',
        dictionary: { name: 'Модель счётчика' },
      },
    ],
  },
  {
    name: 'Equipment hand-out',
    job_type: { code: 'handout' },
    scheduled_duration: { minutes: 30 },
    custom_fields: [
      { name: 'Volunteer', field_type: 'input', data_type: 'string' },
      { name: 'Item', field_type: 'dictionary', data_type: 'dictionary', dictionary: { name: 'Vybavení' } },
    ],
    report_fields: [{ name: 'Handed over', field_type: 'checkbox', data_type: 'boolean', required: true }],
  },
] as const

const phone = (value: string) => [{ name: null, value, type: 'phone' }]

export const sampleClients: readonly Members[] = [
  {
    external_id: 'sample-client-1',
    organization: true,
    organization_name: 'ООО «Уральская энергия»',
    contacts: phone('+7 343 000 10 10'),
    site_address: {
      formatted: 'Екатеринбург, ул. Малышева, 36',
      floor: '2',
      entrance_no: '1',
      geolocation: { longitude: 60.5975, latitude: 56.8355 },
    },
  },
  {
    external_id: 'sample-client-2',
    organization: false,
    first_name: 'Tereza',
    last_name: 'Nováková',
    contacts: phone('+420 600 000 000'),
  },
  {
    external_id: 'sample-client-3',
    organization: true,
    organization_name: 'Bibliothèque de la Croix-Rousse',
    contacts: [],
  },
  { external_id: 'sample-client-4', organization: true, organization_name: '株式会社サンプル', contacts: [] },
]

export const sampleSites: readonly Members[] = [
  {
    external_id: 'sample-site-1',
    name: 'Склад «Малышева»',
    description: 'Вход со двора',
    client: { external_id: 'sample-client-1' },
    contacts: phone('+7 343 000 10 11'),
    address: { formatted: 'Екатеринбург, ул. Малышева, 36, склад', description: 'Вход со двора' },
  },
  { external_id: 'sample-site-2', name: 'Sklad Holešovice', address: { formatted: 'Komunardů 30, Praha 7' } },
]

interface SampleJob extends Members {
  /** Days from today; absent for a job without time. */
  readonly day?: number
  readonly hour: number
  readonly moves: readonly GivenMove[]
}

export const sampleJobs: readonly SampleJob[] = [
  {
    external_id: 'sample-job-1',
    day: -1,
    hour: 6,
    template: { name: 'Установка счётчика' },
    client: { external_id: 'sample-client-1' },
    site: { external_id: 'sample-site-1' },
    territory: { name: 'Екатеринбург, центр' },
    skills: [{ name: 'Электрик' }],
    assignee: { worker: { email: 'anna.sokolova@planado.example' } },
    contacts: phone('+7 343 000 10 10'),
    address: { formatted: 'Екатеринбург, ул. Малышева, 36' },
    custom_fields: [{ name: 'Модель', value: { name: 'Меркурий 201' } }],
    moves: [
      { to: 'en_route' },
      { to: 'started' },
      {
        to: 'finished',
        resolution: { name: 'Выполнено', comment: 'Опломбировано.' } as GivenMove['resolution'] & object,
        report_fields: [{ name: 'Показания', value: '00012,4' }],
      },
    ],
  },
  {
    external_id: 'sample-job-2',
    day: 0,
    hour: 9,
    description: 'Výměna kohoutku v kuchyni.',
    job_type: { code: 'repair' },
    client: { external_id: 'sample-client-2' },
    assignee: { worker: { email: 'jiri.dvorak@planado.example' } },
    moves: [{ to: 'en_route' }, { to: 'started' }],
  },
  {
    external_id: 'sample-job-3',
    day: 1,
    hour: 13,
    description: 'Raccordement de la salle de lecture.',
    client: { external_id: 'sample-client-3' },
    assignee: { team: { name: 'Équipe Lyon' } },
    moves: [],
  },
  {
    external_id: 'sample-job-4',
    hour: 0,
    description: '会議室のエアコン点検',
    client: { external_id: 'sample-client-4' },
    moves: [],
  },
]
