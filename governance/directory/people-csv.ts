// Reads a CSV of people. Every mistake names its line and column; a file with one mistake is no file of people. Pure.
import { CsvError, parse } from 'csv-parse/sync'
import type { Issue } from '@/core/errors'
import { isEmail } from '@/core/owner-words'

/** More than any organisation that would send its people as one file. */
export const PEOPLE_MAX = 200_000
const ISSUES_MAX = 100
const TEXT_MAX = 254

/** What a column may be called, in lower case and without anything but letters. */
const COLUMNS = {
  id: ['id', 'externalid', 'employeeid', 'personid'],
  name: ['name', 'fullname', 'displayname'],
  email: ['email', 'mail', 'emailaddress', 'workemail'],
  manager: ['manager', 'manageremail', 'managermail'],
  team: ['team', 'teams', 'department'],
  status: ['status', 'state'],
  left: ['left', 'leftdate', 'lefton', 'enddate', 'lastday'],
} as const
type Column = keyof typeof COLUMNS
const STATUSES: Record<string, boolean> = {
  '': true,
  active: true,
  here: true,
  left: false,
  inactive: false,
  terminated: false,
}

export type PersonLine = {
  line: number
  /** What the file calls the person: its id, or the address where it has none. */
  externalId: string
  name: string
  email: string
  /** Undefined where the file says nothing of managers; null where it says there is none. */
  manager?: string | null
  teams?: string[]
  isActive: boolean
  /** The last day, where it is told. */
  leftOn?: string
}
export type PeopleFile = { people: PersonLine[]; issues: Issue[] }

const plain = (title: string) => title.toLowerCase().replace(/[^a-z]/g, '')
const fault = (line: number, column: string, message: string): Issue => ({
  path: `line ${line}, column ${column}`,
  message,
})

type Raw = { record: string[]; info: { lines: number } }

function rowsOf(text: string): Raw[] | Issue {
  try {
    const options = { info: true, bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }
    return parse(text, options) as unknown as Raw[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines, column } = error as CsvError & { lines?: number; column?: number }
    return fault(
      lines ?? 1,
      String((typeof column === 'number' ? column : 0) + 1),
      'is not CSV: a quote is not closed or stands in the wrong place',
    )
  }
}

function headOf(titles: readonly string[]): { at: Map<Column, number>; issues: Issue[] } {
  const at = new Map<Column, number>()
  const issues: Issue[] = []
  for (const [index, title] of titles.entries()) {
    const found = (Object.keys(COLUMNS) as Column[]).find((one) =>
      (COLUMNS[one] as readonly string[]).includes(plain(title)),
    )
    if (!found)
      issues.push(
        fault(
          1,
          String(index + 1),
          `There is no column called ${title.slice(0, 60) || 'nothing'}. There are: ${Object.keys(COLUMNS).join(', ')}.`,
        ),
      )
    else if (at.has(found)) issues.push(fault(1, String(index + 1), `There are two columns for ${found}.`))
    else at.set(found, index)
  }
  for (const needed of ['name', 'email'] as const)
    if (!at.has(needed)) issues.push(fault(1, needed, 'is missing.'))
  return { at, issues }
}

type Reading = { line: number; texts: Partial<Record<Column, string>>; issues: Issue[] }

function emailIn({ line, texts, issues }: Reading, column: 'email' | 'manager'): string {
  const email = (texts[column] ?? '').toLowerCase()
  if (email && (!isEmail(email) || email.length > TEXT_MAX))
    issues.push(fault(line, column, 'is not an e-mail address'))
  return email
}

function leftIn({ line, texts, issues }: Reading, today: string) {
  const status = STATUSES[(texts.status ?? '').toLowerCase()]
  if (status === undefined)
    issues.push(fault(line, 'status', `is one of ${Object.keys(STATUSES).filter(Boolean).join(', ')}`))
  const leftOn = texts.left || undefined
  if (leftOn && (!/^\d{4}-\d{2}-\d{2}$/.test(leftOn) || Number.isNaN(Date.parse(leftOn))))
    issues.push(fault(line, 'left', 'is a day, such as 2026-03-31'))
  // Who leaves on a later day is there until then; the day itself is still theirs.
  return { isActive: status === true && !(leftOn !== undefined && leftOn < today), ...(leftOn && { leftOn }) }
}

function personOf(reading: Reading, has: (column: Column) => boolean, today: string): PersonLine {
  const { line, texts, issues } = reading
  const name = texts.name ?? ''
  if (!name) issues.push(fault(line, 'name', 'must not be empty'))
  if (name.length > TEXT_MAX || /\p{Cc}/u.test(name))
    issues.push(fault(line, 'name', 'is too long, or holds control characters'))
  const email = emailIn(reading, 'email')
  if (!email) issues.push(fault(line, 'email', 'must not be empty'))
  if (has('id') && !texts.id) issues.push(fault(line, 'id', 'must not be empty'))
  const manager = emailIn(reading, 'manager')
  if (manager && manager === email) issues.push(fault(line, 'manager', 'Nobody is their own manager'))
  const teams = (texts.team ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean)
  if (teams.some((one) => one.length > TEXT_MAX)) issues.push(fault(line, 'team', 'is too long'))
  return {
    line,
    externalId: texts.id || email,
    name,
    email,
    ...(has('manager') && { manager: manager || null }),
    ...(has('team') && { teams: [...new Set(teams)] }),
    ...leftIn(reading, today),
  }
}

function repeated(people: readonly PersonLine[], of: 'email' | 'externalId', column: string): Issue[] {
  const first = new Map<string, number>()
  return people.flatMap((one) => {
    const before = first.get(one[of])
    if (before === undefined) first.set(one[of], one.line)
    return before === undefined || !one[of]
      ? []
      : [fault(one.line, column, `stands in line ${before} already`)]
  })
}

/** @param today the day in UTC: who left on an earlier one is not there any more */
export function readPeople(text: string, today: string): PeopleFile {
  const rows = rowsOf(text)
  if (!Array.isArray(rows)) return { people: [], issues: [rows] }
  const [head, ...rest] = rows
  if (!head) return { people: [], issues: [fault(1, '1', 'The file is empty.')] }
  const { at, issues } = headOf(head.record)
  if (issues.length) return { people: [], issues }
  if (rest.length > PEOPLE_MAX)
    return {
      people: [],
      issues: [
        fault(PEOPLE_MAX + 2, '1', `More than ${PEOPLE_MAX.toLocaleString('en')} people in one file.`),
      ],
    }
  const people = rest.map(({ record, info: { lines: line } }) => {
    if (record.length !== head.record.length)
      issues.push(
        fault(
          line,
          String(Math.min(record.length, head.record.length) + 1),
          `The line has ${record.length} columns, the first has ${head.record.length}.`,
        ),
      )
    const texts = Object.fromEntries([...at].map(([column, index]) => [column, record[index] ?? '']))
    return personOf({ line, texts, issues }, (column) => at.has(column), today)
  })
  issues.push(...repeated(people, 'email', 'email'))
  if (at.has('id')) issues.push(...repeated(people, 'externalId', 'id'))
  const more = issues.length - ISSUES_MAX
  return {
    people,
    issues: more > 0 ? [...issues.slice(0, ISSUES_MAX), { path: '', message: `and ${more} more.` }] : issues,
  }
}
