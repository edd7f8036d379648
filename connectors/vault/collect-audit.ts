// Who used what: only the audit log tells. A server is asked whether it writes one; an imported log answers with its entries.
import type { Stream } from '@/core/connector'
import { unknown } from '@/core/fact'
import type { CallName } from './calls'
import { lookAt } from './look'
import { AuditAnswer } from './shapes-engines'

const DEVICES: CallName = 'read sys/audit'
const NONE =
  'No audit device is enabled: nobody can tell who signed in or read what. Enable one: vault audit enable file file_path=…'
const ELSEWHERE =
  'An audit device is enabled, and only its log tells who signed in or read what: import the log.'

export const auditLog: Stream = {
  kinds: ['usage'],
  neverWhole: 'A log tells what was done in its time: what it does not tell may still have been done.',
  async *collect(at) {
    const look = await lookAt(at)
    const asked = { ns: look.ns, from: 0 }
    const pages = look.session.pages(DEVICES, asked, AuditAnswer, {
      next: (page) => (isLog(page) && page.next !== null ? { from: page.next } : undefined),
    })
    for await (const page of pages) {
      if (!isLog(page)) {
        const detail = Object.keys(page).length ? ELSEWHERE : NONE
        return look.lacking(['usage'], unknown('not-offered', DEVICES, detail))
      }
      for (const { id, identity, at: usedAt, what } of page.entries)
        yield { kind: 'usage', nativeId: id, identity, at: usedAt, what }
    }
  },
}

type Log = Extract<AuditAnswer, { entries: unknown[] }>
const isLog = (page: AuditAnswer): page is Log => Array.isArray((page as Log).entries)
