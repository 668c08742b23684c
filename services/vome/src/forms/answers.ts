/** Answers to the questions of a form. A submission keeps one for each question, answered or not. */
import { randomUUID } from 'node:crypto'
import { type FieldProblem, invalid } from '@flowstead/service-kit'
import type { Database, Row } from '@flowstead/sqlite'
import { type QuestionKind, questionKinds } from './question-kinds.ts'

export interface GivenAnswer {
  readonly question_id: string
  readonly answer?: string
  readonly options?: readonly string[]
}

export interface StoredAnswer {
  readonly id: string
  readonly question_id: string
  readonly answer: string
  readonly options: readonly string[]
  readonly responded: boolean
}

/** The questions of a form in their order. */
export function questionsOf(db: Database, formId: string): Row[] {
  return db.prepare('SELECT * FROM questions WHERE form_id = ? ORDER BY seq').all(formId)
}

/**
 * The answers as they are stored.
 * @param known answers of an earlier version, which stay where none is given and keep their ids
 * @throws 400 naming `answers.<n>…`, or `answers` for a question that must be answered
 */
export function answersFor(
  questions: readonly Row[],
  given: readonly GivenAnswer[],
  known: readonly StoredAnswer[],
): StoredAnswer[] {
  const problems = [...misplaced(questions, given)]
  const answers = questions.map((question) => {
    const before = known.find(({ question_id }) => question_id === question.id)
    const at = given.findIndex(({ question_id }) => question_id === question.id)
    const answer = given[at]
    if (answer === undefined) return before ?? emptyAnswer(question)
    const problem = problemOf(question, answer, `answers.${at}`)
    if (problem !== undefined) problems.push(problem)
    return storedAnswer(question, answer, before)
  })
  problems.push(...missing(questions, answers))
  if (problems.length > 0) throw invalid(problems)
  return answers
}

function misplaced(questions: readonly Row[], given: readonly GivenAnswer[]): FieldProblem[] {
  return given.flatMap(({ question_id }, at) => {
    const field = `answers.${at}.question_id`
    if (!questions.some(({ id }) => id === question_id)) {
      return [{ field, rule: 'exists', message: `"${field}" must be a question of the form.` }]
    }
    const first = given.findIndex((other) => other.question_id === question_id)
    return first === at ? [] : [{ field, rule: 'unique', message: `"${field}" is answered twice.` }]
  })
}

function missing(questions: readonly Row[], answers: readonly StoredAnswer[]): FieldProblem[] {
  return questions
    .filter((question, at) => question.is_required === 1 && answers[at]?.responded === false)
    .map(({ id, title }) => ({
      field: 'answers',
      rule: 'required',
      message: `The question "${String(title).slice(0, 80)}" (${id}) must be answered.`,
    }))
}

function problemOf(question: Row, answer: GivenAnswer, place: string): FieldProblem | undefined {
  const kind = kindOf(question)
  if (!isResponse(answer)) return undefined
  const { options = [] } = answer
  if (kind.isChoice) {
    const known = JSON.parse(question.options as string) as string[]
    const isFitting = options.every((option) => known.includes(option)) && options.length <= kind.most
    if (isFitting && answer.answer === undefined) return undefined
    const field = isFitting ? `${place}.answer` : `${place}.options`
    return { field, rule: 'questionType', message: `"${field}": give ${kind.what} in "options".` }
  }
  const field = options.length > 0 ? `${place}.options` : `${place}.answer`
  if (options.length === 0 && kind.fits(answer.answer ?? '')) return undefined
  return { field, rule: 'questionType', message: `"${field}": give ${kind.what} in "answer".` }
}

function storedAnswer(question: Row, given: GivenAnswer, before: StoredAnswer | undefined): StoredAnswer {
  const options = given.options ?? []
  return {
    id: before?.id ?? randomUUID(),
    question_id: question.id as string,
    answer: kindOf(question).isChoice ? options.join(', ') : (given.answer ?? ''),
    options,
    responded: isResponse(given),
  }
}

function emptyAnswer(question: Row): StoredAnswer {
  return {
    id: randomUUID(),
    question_id: question.id as string,
    answer: '',
    options: [],
    responded: false,
  }
}

function isResponse({ answer = '', options = [] }: GivenAnswer): boolean {
  return answer !== '' || options.length > 0
}

function kindOf({ question_type }: Row): QuestionKind {
  return questionKinds[question_type as keyof typeof questionKinds]
}
