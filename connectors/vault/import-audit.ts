// An audit log as if it were the server: read once, line by line, into one row for each identity, deed and day.
import { statSync } from 'node:fs'
import { z } from 'zod'
import type { ImportReport, OpenedFile } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { parseJson } from '@/core/parse-json'
import { AuditLine, useOf, type Use } from './audit-lines'
import { LOGIN } from './calls'
import { hostOf, scopeId } from './connection'
import { explain, Trouble } from './explain'
import { drainLines } from './line-file'
import { vaultManifest } from './manifest'
import type { LogEntry } from './shapes-engines'

/** Rows, not lines: a log of any length fits as long as few do many things. */
const ROWS_MAX = 500_000
const PAGE = 1000

const Header = z.object({
  cluster_id: z.string().min(1),
  version: z.string().min(1).default('unknown'),
  performance_standby: z.boolean().nullish(),
  address: z.url({ protocol: /^https?$/ }),
})
type Header = z.output<typeof Header>
const invalid = (message: string): RollcallError => new RollcallError('invalid', message)
const command = (): string => vaultManifest.imports[0]?.command ?? ''

/** Gathers what lines say. Never throws: it is called from within a stream. */
class Gathering {
  readonly rows = new Map<string, Map<string, LogEntry>>()
  header: Header | undefined
  problem: RollcallError | undefined
  private readonly counts = { used: 0, requests: 0, nobody: 0, other: 0 }
  /** The line that could not be read: forgiven where it is the last, as of a log that is being written. */
  private broken: number | undefined
  private size = 0

  readonly take = (text: string, number: number): 'more' | 'enough' => {
    if (text.trim() !== '') this.line(text, number)
    return this.problem ? 'enough' : 'more'
  }

  private line(text: string, number: number): void {
    if (this.broken !== undefined) {
      this.problem = invalid(`line ${this.broken}: this is not a line of an audit log in JSON.`)
      return
    }
    const parsed = parseJson(text)
    const value = parsed.ok ? parsed.value : undefined
    if (!this.header) return this.first(value, number)
    const read = AuditLine.safeParse(value)
    if (read.success) this.count(read.data, this.header)
    else this.broken = number
  }

  private first(value: unknown, number: number): void {
    const header = Header.safeParse(value)
    if (header.success) this.header = header.data
    else
      this.problem = invalid(
        `line ${number}: does not say which server the log is of. Put the answer of vault status before the log: ${command()}`,
      )
  }

  private count(line: AuditLine, header: Header): void {
    if (line.type === 'request') return void this.counts.requests++
    if (line.type !== 'response') return void this.counts.other++
    const use = useOf(line, (ns) => scopeId(header.cluster_id, ns))
    if (use.identities.length === 0) this.counts.nobody++
    else this.counts.used++
    for (const identity of use.identities) this.add(identity, use)
  }

  private add(identity: string, { ns, what, at }: Use): void {
    const rows = this.rows.get(ns) ?? new Map<string, LogEntry>()
    this.rows.set(ns, rows)
    const id = `${identity}|${what}|${at.slice(0, 10)}`
    const held = rows.get(id)
    if (!held && ++this.size > ROWS_MAX)
      this.problem = new RollcallError(
        'limited',
        `The log tells of more than ${ROWS_MAX} different deeds. Import fewer days at a time.`,
      )
    if (!held || held.at < at) rows.set(id, { id, identity, at, what })
  }

  report(): ImportReport {
    const { used, requests, nobody, other } = this.counts
    const ignored = [
      { what: 'request lines', why: 'the line of the answer says the same', count: requests },
      {
        what: 'lines of nobody',
        why: 'sign-ins that failed, and tokens without an entity: there is no identity to tell them of',
        count: nobody,
      },
      { what: 'lines of another kind', why: 'only answers are read', count: other },
      { what: 'last line', why: 'it was cut short', count: this.broken === undefined ? 0 : 1 },
    ]
    return {
      understood: [
        { what: 'answers', count: used },
        { what: 'uses, by identity, deed and day', count: this.size },
      ],
      ignored: ignored.filter(({ count }) => count > 0),
      dropped: [],
    }
  }
}

const NO_LIMITS = { kvPathsMax: 1, secretIdsMax: 1, tokenAccessorsMax: 1, leasesMax: 1 }
const healthOf = ({ address, ...header }: Header, namespaces: readonly string[]) => ({
  ...header,
  connection: {
    host: hostOf(address),
    alsoKnownAs: [],
    namespaces: namespaces.map((ns) => (ns === '' ? 'root' : ns)),
    clusters: [],
    tokens: false,
    leases: false,
    limits: NO_LIMITS,
  },
})

const notReadable = (error: Error): RollcallError =>
  'code' in error && String(error.code).startsWith('Z_')
    ? invalid('The file is not gzip, or was cut short. Pack it again, or import it unpacked.')
    : invalid('The file cannot be read to its end. Make it anew.')

/** @throws RollcallError naming the line when the file cannot be read whole */
export async function openAuditLog(path: string): Promise<OpenedFile> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new RollcallError('not-found', 'There is no such file. Choose the file again.')
  const gathering = new Gathering()
  const failure = await drainLines(path, gathering.take)
  if (gathering.problem) throw gathering.problem
  if (failure) throw notReadable(failure)
  const { header, rows } = gathering
  if (!header) throw invalid(`The file is empty. Make it anew: ${command()}`)
  const report = gathering.report()
  return {
    report: () => report,
    transport: {
      async send(permission, params) {
        if (permission === 'read sys/health') return healthOf(header, [...rows.keys()])
        if (permission === LOGIN) return { data: { method: 'file' }, auth: null }
        if (permission !== 'read sys/audit')
          throw new Trouble({ why: 'not-offered', detail: 'An audit log does not tell it.' })
        const entries = [...(rows.get(String(params['ns'])) ?? new Map<string, LogEntry>()).values()]
        const from = Number(params['from'])
        const next = from + PAGE < entries.length ? from + PAGE : null
        return { data: { entries: entries.slice(from, from + PAGE), next }, auth: null }
      },
      explain,
    },
  }
}
