// What a comment leads to, as people say it: the address of a page of this installation.
import { invalid } from '@/governance/command'
import type { LINK_KINDS } from '@/governance/audits/audit-input'

type Link = { kind: (typeof LINK_KINDS)[number]; id: string }
const KINDS: Record<string, Link['kind']> = {
  identities: 'identity',
  credentials: 'credential',
  findings: 'finding',
  campaigns: 'campaign',
  evidence: 'pack',
}
const PAGE =
  /\/(identities|credentials|findings|campaigns|evidence)\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/i

/** @throws RollcallError `invalid` for what is no such address, or where a pack is chosen beside */
export function linkIn(address: string, pack: string): Link | undefined {
  if (address && pack) throw invalid([{ path: 'link', message: 'Say either an address, or a pack' }])
  if (pack) return { kind: 'pack', id: pack }
  if (!address) return undefined
  const [, page = '', id = ''] = PAGE.exec(address) ?? []
  const kind = KINDS[page.toLowerCase()]
  if (!kind)
    throw invalid([
      {
        path: 'link',
        message: 'must be the address of an identity, a credential, a finding, a campaign or a pack',
      },
    ])
  return { kind, id: id.toLowerCase() }
}

const PATHS: Record<Link['kind'], string> = {
  identity: '/identities',
  credential: '/credentials',
  finding: '/findings',
  campaign: '/campaigns',
  pack: '/evidence',
}
export const hrefOf = ({ kind, id }: Link): string => `${PATHS[kind]}/${id}`
