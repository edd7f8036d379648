// What a form of a card says, as the command reads it. Fields of options that were not chosen are left out.
import { RollcallError, type Issue } from '@/core/errors'
import { CHOICES, type Choice } from '@/core/campaign'
import { DecisionRow } from '@/governance/campaigns/decision-input'
import { invalid, parseInput } from '@/governance/command'
import { textOf } from '@/app/_form/attempt'

/** @throws RollcallError `invalid` where nothing was chosen */
export function choiceIn<const T extends string>(form: FormData, choices: readonly T[]): T {
  const given = textOf(form, 'decision')
  const choice = choices.find((one) => one === given)
  if (!choice) throw invalid([{ path: 'decision', message: 'Choose one of them.' }])
  return choice
}

/** In milliseconds; undefined where the browser has not measured. */
export function dwellIn(form: FormData): number | undefined {
  const given = Number(textOf(form, 'dwellMs') || Number.NaN)
  return Number.isInteger(given) && given >= 0 ? Math.min(given, 86_400_000) : undefined
}

const DROPS: Record<'drops' | 'lacking' | 'keepUntil', readonly Choice[]> = {
  drops: ['reduce'],
  lacking: ['cannot-tell'],
  keepUntil: ['keep', 'reduce'],
}

/** What fields of the form are called, where the command calls them otherwise. */
const CALLED: Readonly<Record<string, string>> = { reasonCode: 'reason', reason: 'words', keepUntil: 'until' }
const asCalled = ({ path, message }: Issue): Issue => ({ path: CALLED[path] ?? path, message })

/** @param to the id of whoever is asked next, where somebody was named */
export function rowIn(form: FormData, to: string | undefined): DecisionRow {
  const decision = choiceIn(form, CHOICES)
  const belongs = (field: keyof typeof DROPS) => DROPS[field].includes(decision)
  const text = (name: string) => textOf(form, name) || undefined
  const opened = textOf(form, 'opened').split(',').filter(Boolean)
  const dwellMs = dwellIn(form)
  const row = {
    item: textOf(form, 'item'),
    version: Number(textOf(form, 'version')),
    decision,
    reasonCode: text('reason'),
    reason: text('words'),
    ...(belongs('keepUntil') && { keepUntil: text('until') }),
    ...(belongs('lacking') && { lacking: text('lacking') }),
    ...(belongs('drops') && form.has('drops') && { drops: form.getAll('drops').map(String) }),
    ...(decision === 'not-mine' && to !== undefined && { to }),
    ...(dwellMs !== undefined && { dwellMs }),
    ...(opened.length > 0 && { opened }),
  }
  return parseInput(DecisionRow, row)
}

/** The refusal of one row, without the id that a request of several needs, and with the fields that lack something. */
export function ofOneRow(error: unknown, lacks: readonly Issue[]): unknown {
  if (!(error instanceof RollcallError)) return error
  const { code, issues } = error
  const [issue] = issues
  if (issues.length !== 1 || !issue) return error
  const field = /^decisions\.\d+\.(.+)$/.exec(issue.path)?.[1]
  if (field)
    return new RollcallError(code, issue.message, [asCalled({ path: field, message: issue.message })])
  return new RollcallError(code, issue.message, code === 'invalid' ? lacks.map(asCalled) : [])
}
