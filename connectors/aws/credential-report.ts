// The credential report: one CSV row per user and one for the root user, read cell by cell with the line kept for errors.
import { parse } from 'csv-parse'
import type { Issue } from '@/core/errors'
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Session } from '@/core/session'
import { ReportContent, ReportState } from './shapes'

export const REPORT = 'iam:GetCredentialReport'
export type KeySlot = {
  slot: 1 | 2
  active: boolean | undefined
  rotatedAt: Fact<Instant>
  usedAt: Fact<Instant>
  usedWhere: Fact<string>
}
export type CertificateSlot = { active: boolean | undefined; rotatedAt: Fact<Instant> }
export type ReportRow = {
  line: number
  user: string
  arn: string
  isRoot: boolean
  createdAt: Fact<Instant>
  passwordEnabled: boolean | undefined
  passwordUsedAt: Fact<Instant>
  passwordChangedAt: Fact<Instant>
  passwordEndsAt: Fact<Instant>
  mfa: boolean | undefined
  keys: KeySlot[]
  certificates: CertificateSlot[]
}
export type ParsedReport = { rows: ReportRow[]; issues: Issue[] }

const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...[1, 2].flatMap((n) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (x) => `access_key_${n}_${x}`,
    ),
  ),
  ...[1, 2].flatMap((n) => [`cert_${n}_active`, `cert_${n}_last_rotated`]),
]
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** What a cell says about a date. AWS has four ways to say that it has none, with different meanings. */
function dateCell(cell: string): Fact<Instant> | undefined {
  if (cell === 'N/A') return absent(REPORT)
  if (cell === 'no_information') return absent(REPORT, 'AWS has no use of it on record')
  if (cell === 'not_supported') return unknown('not-offered', REPORT, 'the report does not tell')
  const at = ISO.test(cell) ? Date.parse(cell) : NaN
  return Number.isNaN(at) ? undefined : known(new Date(at).toISOString(), REPORT)
}
function flagCell(cell: string): boolean | undefined {
  const text = cell.toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : undefined
}
function whereCell(service: string, region: string): Fact<string> {
  if (service === 'N/A') return absent(REPORT)
  if (service === '' || service === 'not_supported')
    return unknown('not-offered', REPORT, 'the report does not tell')
  return known(region === 'N/A' || region === '' ? service : `${service} in ${region}`, REPORT)
}

type Cells = (column: string) => string
function toRow(cells: Cells, line: number, issues: Issue[]): ReportRow {
  const date = (column: string): Fact<Instant> => {
    const fact = dateCell(cells(column))
    if (fact) return fact
    issues.push({ path: `line ${line}, column ${column}`, message: 'is not a date with a time zone' })
    return unknown('malformed', REPORT, 'not a date')
  }
  if (cells('user') === '') issues.push({ path: `line ${line}, column user`, message: 'is empty' })
  if (!/^arn:aws[a-z-]*:iam::\d{12}:/.test(cells('arn')))
    issues.push({ path: `line ${line}, column arn`, message: 'is not the ARN of a user or root user' })
  const keySlot = (slot: 1 | 2): KeySlot => ({
    slot,
    active: flagCell(cells(`access_key_${slot}_active`)),
    rotatedAt: date(`access_key_${slot}_last_rotated`),
    usedAt: date(`access_key_${slot}_last_used_date`),
    usedWhere: whereCell(
      cells(`access_key_${slot}_last_used_service`),
      cells(`access_key_${slot}_last_used_region`),
    ),
  })
  return {
    line,
    user: cells('user'),
    arn: cells('arn'),
    isRoot: cells('user') === '<root_account>',
    createdAt: date('user_creation_time'),
    passwordEnabled: flagCell(cells('password_enabled')),
    passwordUsedAt: date('password_last_used'),
    passwordChangedAt: date('password_last_changed'),
    passwordEndsAt: date('password_next_rotation'),
    mfa: flagCell(cells('mfa_active')),
    keys: [keySlot(1), keySlot(2)],
    certificates: [1, 2].map((n) => ({
      active: flagCell(cells(`cert_${n}_active`)),
      rotatedAt: date(`cert_${n}_last_rotated`),
    })),
  }
}

type Line = { record: string[]; info: { lines: number } }
const lines = (text: string): Promise<{ records: Line[]; error?: string }> =>
  new Promise((resolve) => {
    parse(
      text,
      { bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
      (error, records) =>
        resolve(error ? { records: [], error: error.message } : { records: records as unknown as Line[] }),
    )
  })

/** Reads the whole report. Issues name line and column; with any of them nothing in it should be used. */
export async function parseReport(text: string): Promise<ParsedReport> {
  const { records, error } = await lines(text)
  if (error !== undefined) return { rows: [], issues: [{ path: '', message: `is not CSV: ${error}` }] }
  const [head, ...body] = records
  if (!head) return { rows: [], issues: [{ path: '', message: 'is empty' }] }
  const missing = COLUMNS.filter((column) => !head.record.includes(column))
  if (missing.length)
    return {
      rows: [],
      issues: [{ path: 'line 1', message: `lacks the column ${missing.slice(0, 3).join(', ')}` }],
    }
  const issues: Issue[] = []
  const rows: ReportRow[] = []
  const seen = new Map<string, number>()
  for (const { record, info } of body) {
    const line = info.lines
    if (record.length !== head.record.length) {
      issues.push({
        path: `line ${line}`,
        message: `has ${record.length} columns instead of ${head.record.length}`,
      })
      continue
    }
    const row = toRow((column) => record[head.record.indexOf(column)] ?? '', line, issues)
    const before = seen.get(row.arn)
    if (before !== undefined)
      issues.push({ path: `line ${line}`, message: `repeats the user of line ${before}` })
    seen.set(row.arn, line)
    rows.push(row)
  }
  return { rows, issues }
}

export type Report = { rows: ReportRow[]; byArn: ReadonlyMap<string, ReportRow>; root: ReportRow | undefined }

/** Asks for the report. The session waits while AWS is still making it. */
export async function readReport(session: Session): Promise<Fact<Report>> {
  await session.ask('iam:GenerateCredentialReport', {}, ReportState)
  const answer = await session.ask(REPORT, {}, ReportContent)
  if (answer.state !== 'known') return answer
  const { rows, issues } = await parseReport(answer.value.Content)
  const [issue] = issues
  if (issue) return unknown('malformed', REPORT, `${issue.path || 'the report'} ${issue.message}`)
  return known(
    { rows, byArn: new Map(rows.map((row) => [row.arn, row])), root: rows.find((row) => row.isRoot) },
    REPORT,
  )
}

/** The row of one user: unknown when there is no report, or when the user is newer than the report. */
export function rowOf(report: Fact<Report>, arn: string): Fact<ReportRow> {
  if (report.state !== 'known') return report
  const row = report.value.byArn.get(arn)
  return row
    ? known(row, REPORT)
    : unknown('not-collected', REPORT, 'the user is newer than the credential report')
}

/** Whether the slot has ever held a key, as far as the report tells. */
export const isUsedSlot = (slot: { active: boolean | undefined; rotatedAt: Fact<Instant> }): boolean =>
  slot.active === true || slot.rotatedAt.state === 'known'

/** The latest of several uses: unknown when any of them is, for it could be later than all others. */
export function latestOf(uses: Fact<Instant>[], noneMeans: string): Fact<Instant> {
  const missing = uses.find((use) => use.state === 'unknown')
  if (missing) return missing
  const known = uses.filter((use) => use.state === 'known').sort((a, b) => a.value.localeCompare(b.value))
  return known.at(-1) ?? absent(uses[0]?.source ?? REPORT, noneMeans)
}

/** When the user last did anything with a password or a key. */
export function usedAt(row: ReportRow, passwordUsedAt?: Fact<Instant>): Fact<Instant> {
  const password = row.passwordEnabled === false ? [] : [row.passwordUsedAt]
  const keys = row.keys.filter(isUsedSlot).map((key) => key.usedAt)
  return latestOf(
    [...password, ...keys, ...(passwordUsedAt?.state === 'known' ? [passwordUsedAt] : [])],
    'neither a password nor an access key of it was ever used',
  )
}
