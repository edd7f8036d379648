// A file that an auditor takes away bears their name, and is in the activity log before its first byte is sent.
import type { Actor } from '@/core/permissions'
import { noteExport } from '@/governance/activity/note-export'

const FILE = /filename="([^"]+?)(\.\w+)"/
const NAME_MAX = 60

/** Whose copy it is, in letters that any file system takes. */
const slug = ({ email, name }: Actor): string =>
  (email ?? name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, NAME_MAX)

/** The answer as it is handed to the actor. Packs are left as they are: taking one is a command of its own. */
export async function copyFor(actor: Actor, request: Request, response: Response): Promise<Response> {
  const said = response.headers.get('content-disposition')
  const [, stem, ending] = FILE.exec(said ?? '') ?? []
  const { pathname, search } = new URL(request.url)
  if (actor.role !== 'auditor' || actor.kind === 'system' || !said || !stem || !ending) return response
  if (request.method !== 'GET' || /\/packs\/[^/]+\/download$/.test(pathname)) return response
  const file = `${stem}-copy-of-${slug(actor)}${ending}`
  await noteExport(actor, { address: pathname + search, file })
  response.headers.set('content-disposition', said.replace(FILE, `filename="${file}"`))
  return response
}
