// The scopes of a connection: each organisation, folder or project that the settings name is read as one whole, since grants
// need whoever holds them beside them.
import type { Scope } from '@/core/connector'
import type { Session } from '@/core/session'
import { SIGN_IN } from './calls'
import { heldBy } from './look'
import { Project, SignedIn } from './shapes'
import { isProject, PROJECT, projectAuthority, type Tree } from './tree'
import { byText } from './values'

const TYPES = { organizations: 'gcp.organization', folders: 'gcp.folder', projects: 'gcp.project' } as const
const scopeOf = (tree: Tree): Scope => ({
  nativeId: tree.root,
  name: tree.name,
  type: TYPES[tree.root.slice(0, tree.root.indexOf('/')) as keyof typeof TYPES],
  authorities: [
    `gcp:${tree.root}`,
    // Addresses of service accounts name their project by its id, those that Google makes by its number.
    ...new Set(tree.projects.flatMap(({ projectId, number }) => [projectId, number].map(projectAuthority))),
  ],
})

export async function* scopes(session: Session): AsyncGenerator<Scope> {
  const { resources } = await session.call(SIGN_IN, {}, SignedIn)
  const seen = new Set<string>()
  const failed: string[] = []
  for (const name of [...resources].sort(byText)) {
    const tree = await heldBy(session).tree(name)
    // A project that does not answer has no id to go by; it must not keep the others from being read.
    if (isProject(name) && !tree.projects.length) failed.push(name)
    else if (!seen.has(tree.root)) yield scopeOf(tree)
    seen.add(tree.root)
  }
  // Asked again at the end, so that the list of scopes ends as what it is.
  for (const name of failed) await session.call(PROJECT, { name }, Project)
}
