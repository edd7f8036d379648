// An audit log of the API server, JSON lines, as an answer to what identities did. It does not say which cluster it is of: a
// line with the namespace kube-system has to stand in it.
import { z } from 'zod'
import type { ImportReport, OpenedFile } from '@/core/connector'
import { parseJson } from '@/core/parse-json'
import type { Transport } from '@/core/upstream'
import { AuditEvent, UseLedger, usesOf, type Ignored } from './audit-events'
import { explain, Refused } from './explain'
import { AUDIT_LOG, CLUSTER, KUBECONFIG } from './permissions'
import { Bare } from './shapes'
import { brokenFile, invalid, openTextFile, textOf, type TextFile } from '@/connectors/text-file'

export const MAX_BYTES = 512 * 1024 * 1024
const NO_CLUSTER =
  'The file does not say which cluster it is of. Put the output of kubectl get namespace kube-system -o json into its first line, as the command shows.'
const Namespace = Bare.extend({ kind: z.literal('Namespace') })
/** Bodies of requests and answers: they stand in a log that was set to write them, and hold tokens and Secrets. */
const BODIES = ['requestObject', 'responseObject'] as const
const CUT = 'a last line that was cut short'

class Reading {
  readonly ledger = new UseLedger()
  uid: string | undefined
  private events = 0
  private line = 0
  private readonly ignored = new Map<string, number>()
  private readonly dropped = new Map<string, number>()

  /** What is wrong with the line, if anything. */
  add(text: string): string | undefined {
    this.line++
    if (text.trim() === '') return undefined
    const parsed = parseJson(text)
    if (!parsed.ok) return `line ${this.line}: this is not JSON.`
    const namespace = Namespace.safeParse(parsed.value)
    if (namespace.success && namespace.data.metadata.name === 'kube-system') {
      this.uid = namespace.data.metadata.uid
      return undefined
    }
    const event = AuditEvent.safeParse(parsed.value)
    if (!event.success) {
      const [issue] = event.error.issues
      return `line ${this.line}: ${issue?.path.join('.') || 'this'} is not as in an audit event.`
    }
    this.events++
    for (const body of BODIES)
      if (body in (parsed.value as Record<string, unknown>)) count(this.dropped, body)
    const uses = usesOf(event.data)
    if (typeof uses === 'string') count(this.ignored, uses)
    else for (const use of uses) this.ledger.add(use)
    return undefined
  }
  cutShort = (): void => count(this.ignored, CUT)

  report(): ImportReport {
    const why: Record<Ignored | typeof CUT, string> = {
      'earlier stages': 'the same request is told again when it is complete',
      'nobody signed in': 'it is nobody’s use',
      'refused for another reason': 'the request was not carried out',
      [CUT]: 'the log was still being written',
    }
    const beyond = this.ledger.beyond
    return {
      understood: [
        { what: 'events', count: this.events },
        { what: 'different uses', count: this.ledger.all().length },
      ],
      ignored: [
        ...[...this.ignored].map(([what, n]) => ({ what, why: why[what as Ignored], count: n })),
        ...(beyond ? [{ what: 'further uses', why: 'more than are kept', count: beyond }] : []),
      ],
      dropped: [...this.dropped].map(([path, n]) => ({ path, count: n })),
    }
  }
}
const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1)

async function readLines(file: TextFile): Promise<Reading> {
  const reading = new Reading()
  const failure = await new Promise<Error | undefined>((resolve) => {
    const text = textOf(file)
    let rest = ''
    text.on('data', (part: string) => {
      const lines = (rest + part).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const wrong = reading.add(line)
        if (wrong !== undefined)
          return text.destroy(invalid(`${wrong} Import the log as the API server wrote it.`))
      }
    })
    text.on('error', resolve)
    text.on('end', () => {
      if (reading.add(rest) !== undefined) reading.cutShort()
      resolve(undefined)
    })
  })
  if (failure) throw failure.name === 'RollcallError' ? failure : brokenFile(file, failure, 'somewhere')
  return reading
}

/** @throws RollcallError naming the line of what cannot be read */
export async function openAuditLog(path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const reading = await readLines(await openTextFile(path, { maxBytes, instead: 'cluster' }))
  const { uid } = reading
  if (uid === undefined) throw invalid(NO_CLUSTER)
  const transport: Transport = {
    async send(permission) {
      if (permission === KUBECONFIG)
        return { clusters: [{ name: `cluster ${uid.slice(0, 8)}`, addresses: [] }] }
      if (permission === CLUSTER) return { metadata: { uid, name: 'kube-system' } }
      if (permission === AUDIT_LOG) return { uses: reading.ledger.all() }
      throw new Refused({ why: 'not-offered', detail: 'It is not in the imported file.' })
    },
    explain,
  }
  return { transport, report: () => reading.report() }
}
