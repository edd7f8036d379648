// What rows of an entity tell of it: how it signs in, and by which groups it holds something.
import type { Principal } from '@/core/access'
import type { Alias } from './templates'

export type MountedAlias = Alias & { mount: string | undefined }

/** The connector writes one trust for each alias: `<entity>/trust/alias/<id>`, of `auth/<mount> <name>`. */
export function aliasesOf(entity: Principal, mounts: ReadonlyMap<string, string>): MountedAlias[] {
  return entity.trusts.flatMap((trust) => {
    const [, id] = /\/trust\/alias\/([^/]+)$/.exec(trust.id) ?? []
    if (id === undefined || !trust.principal.startsWith('auth/')) return []
    const whole = trust.principal.slice('auth/'.length)
    const known = [...mounts].filter(([, path]) => whole.startsWith(`${path} `))
    const [accessor, path] = known.sort(([, a], [, b]) => b.length - a.length)[0] ?? []
    const gap = path === undefined ? whole.indexOf(' ') : path.length
    return [
      {
        id,
        accessor,
        mount: path ?? whole.slice(0, gap),
        name: whole.slice(gap + 1),
        metadata: metadataOf(trust.conditions),
      },
    ]
  })
}

function metadataOf(conditions: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const metadata = conditions?.['metadata']
  if (typeof metadata !== 'object' || metadata === null) return {}
  return Object.fromEntries(
    Object.entries(metadata).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

export const groupsOf = ({ held }: Principal): Set<string> =>
  new Set(held.flatMap(({ via }) => (via.startsWith('group ') ? [via.slice('group '.length)] : [])))
