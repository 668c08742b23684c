/** The kinds of questions and what an answer to each looks like. */
import { isDay } from '../organization/local-date.ts'

export interface QuestionKind {
  readonly isChoice: boolean
  /** For choices: the most that can be chosen. */
  readonly most: number
  /** What an answer is, as a sentence goes on. */
  readonly what: string
  readonly fits: (text: string) => boolean
}

const typed = (what: string, fits: (text: string) => boolean): QuestionKind => ({
  isChoice: false,
  most: 0,
  what,
  fits,
})
const choice = (most: number, what: string): QuestionKind => ({
  isChoice: true,
  most,
  what,
  fits: () => true,
})
const atMost = (length: number) => (text: string) => text.length <= length

/** By question_type. */
export const questionKinds = {
  short_text: typed('a text of at most 500 characters', atMost(500)),
  long_text: typed('a text of at most 10000 characters', atMost(10_000)),
  number: typed('a number such as 12 or -3.5', (text) => /^-?\d{1,15}(\.\d{1,10})?$/.test(text)),
  date: typed('a day, YYYY-MM-DD', isDay),
  single_choice: choice(1, 'one of the options'),
  multiple_choice: choice(200, 'some of the options'),
  dropdown: choice(1, 'one of the options'),
  checkbox: choice(200, 'some of the options'),
  file: typed('the address of a file', (text) => text.length <= 2000 && URL.canParse(text)),
  rating: typed('a number from 1 to 5', (text) => /^[1-5]$/.test(text)),
} as const satisfies Readonly<Record<string, QuestionKind>>
