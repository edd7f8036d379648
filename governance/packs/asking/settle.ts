// Settles what is asked for: names become ids that exist, dates become instants about which every answer is final.
import type { z } from 'zod'
import type { Instant } from '@/core/fact'
import type { Moment } from '@/core/moment'
import { may, type Actor, type Permission } from '@/core/permissions'
import { askMoment } from '@/inventory/moment/ask-moment'
import { historyBegins } from '@/inventory/moment/history-begins'
import { settledNow } from '@/inventory/moment/settled-now'
import { invalid } from '../../command'
import { frameworkOf } from '../../frameworks/frameworks'
import { CONTENTS, type Content } from '../makers'
import { begunWith } from './begin-with'
import { readFilter, type PackInput, type Settled } from './input'

type Given = z.output<typeof PackInput>
export type Question = {
  title: string
  settled: Settled
  needs: Permission[]
}
/** What says where in a list one is, and not which rows are meant. */
const PLACES = ['sort', 'size', 'after']
const DATE = /^\d{4}-\d\d-\d\d$/

const wrong = (path: string, message: string) => invalid([{ path, message }])

export function titleOfControl(control: string): string | undefined {
  const at = control.indexOf(':')
  const framework = frameworkOf(at < 0 ? control : control.slice(0, at))
  if (!framework) return undefined
  if (at < 0) return framework.title
  const found = framework.controls.find(({ id }) => id === control.slice(at + 1))
  return found && `${framework.title} ${found.id}`
}

function settledControls(controls: readonly string[]): string[] {
  const unknown = controls.filter((control) => titleOfControl(control) === undefined)
  if (unknown.length)
    throw wrong('controls', `There is no ${unknown[0]}: write <framework> or <framework>:<control>.`)
  return [...new Set(controls)].sort()
}

function settledFilter(texts: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(texts).filter(([name, text]) => text.trim() !== '' && !PLACES.includes(name))
  const filter = Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)))
  readFilter(filter)
  return filter
}

/** As it was then and as we knew it then, unless said otherwise; now is the newest instant that is final. */
async function settledMoment({ asOf, known }: Given): Promise<Moment> {
  if (asOf !== undefined && asOf !== '' && asOf !== 'now') {
    const moment = await askMoment({ asOf, known })
    if (moment) return moment
  }
  if (known && known !== 'now') throw wrong('known', 'is only asked together with asOf.')
  const now = await settledNow()
  return { valid: now, known: now }
}

async function settledFrom(from: string | undefined, { valid }: Moment): Promise<Instant | undefined> {
  if (!from) return undefined
  const at = Date.parse(DATE.test(from) ? `${from}T00:00:00.000Z` : from)
  if (Number.isNaN(at) || !/^\d{4}-\d\d-\d\d/.test(from))
    throw wrong('from', 'must be a date (its beginning in UTC) or an instant, such as 2026-07-01T00:00:00Z')
  const instant = new Date(at).toISOString()
  if (instant >= valid) throw wrong('from', `lies after the moment that is asked about (${valid})`)
  const begins = await historyBegins()
  if (begins && instant < begins) throw wrong('from', `what was known before ${begins} is not kept`)
  return instant
}

type Chosen = { contents: Content[]; withheld: Content[] }
/** In the order in which they are written, however they were named. */
function chosen(actor: Actor, contents: readonly string[] | undefined, hasPeriod: boolean): Chosen {
  const mayRead = ({ needs }: Content) => needs === undefined || may({ role: actor.role }, needs)
  if (!contents) {
    const usual = CONTENTS.filter(({ isUsual, onlyWithPeriod }) => isUsual && (hasPeriod || !onlyWithPeriod))
    return { contents: usual.filter(mayRead), withheld: usual.filter((one) => !mayRead(one)) }
  }
  for (const id of contents) {
    const found = CONTENTS.find((one) => one.id === id)
    if (!found)
      throw wrong('contents', `There is no ${id}. There are: ${CONTENTS.map((one) => one.id).join(', ')}.`)
    if (!mayRead(found)) throw wrong('contents', `${found.file} is not for your role (${found.needs}).`)
    if (found.onlyWithPeriod && !hasPeriod) throw wrong('contents', `${found.file} is of a period: say from.`)
  }
  return { contents: CONTENTS.filter(({ id }) => contents.includes(id)), withheld: [] }
}

function titleOf(settled: Settled): string {
  const [first, ...more] = settled.controls.map((control) => titleOfControl(control) ?? control)
  const what = first === undefined ? 'Machine identities' : first
  const others = more.length ? ` and ${more.length} more` : ''
  return `${what}${others} as of ${settled.asOf.slice(0, 10)}`.slice(0, 200)
}

/** @throws RollcallError `invalid`; `conflict` while changes of the moment are still being written */
export async function settle(actor: Actor, said: Given): Promise<Question> {
  const given = begunWith(said)
  const controls = settledControls(given.controls)
  const filter = settledFilter(given.filter)
  const moment = await settledMoment(given)
  const from = await settledFrom(given.from, moment)
  const { contents, withheld } = chosen(actor, given.contents, from !== undefined)
  const settled: Settled = {
    controls,
    filter,
    asOf: moment.valid,
    known: moment.known,
    ...(from !== undefined && { from }),
    contents: contents.map(({ id }) => id),
    redact: given.redact,
    ...(withheld.length > 0 && { withheld: withheld.map(({ file }) => file) }),
  }
  const needs = [...new Set(contents.flatMap((one) => one.needs ?? []))]
  return { title: given.title ?? titleOf(settled), settled, needs }
}
