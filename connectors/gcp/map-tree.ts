// What lies in what, as rows that rule and give nothing: one for each folder or organisation, so that a project more changes a
// small document, however large the organisation is.
import { createHash } from 'node:crypto'
import { known, type Known } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Of } from '@/core/observation'
import type { CallName } from './calls'
import { isProject, projectName, type Tree } from './tree'
import type { Project } from './shapes'
import { byText } from './values'

const LISTED: CallName = 'resourcemanager.projects.list'
const GOT: CallName = 'resourcemanager.projects.get'
/** More things than these in one node are told in sixteen rows, by a digest of their names. */
const CHILDREN_MAX = 500

type Document = {
  /** What lies directly in what: `projects/<id>`, `folders/<number>`, `organizations/<number>`. */
  parents: Record<string, string>
  /** Numbers of projects, by their ids. */
  numbers: Record<string, string>
  /** Folders and organisation above the root, the nearest first. */
  above?: string[]
}
type Child = { name: string; project?: Project }

const row = (id: string, name: string, document: Known<Document>): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: `gcp.tree:${id}`,
  aliases: [],
  type: 'gcp.tree',
  name,
  language: 'gcp-tree',
  managedBy: 'customer',
  document,
  gives: 'nothing',
})

/** A file may not tell the number of a project, and then has the id there. */
const numbersOf = (children: readonly Child[]): Record<string, string> =>
  Object.fromEntries(
    children.flatMap(({ project }) =>
      project && /^\d+$/.test(project.number) ? [[project.projectId, project.number]] : [],
    ),
  )
const documentOf = (node: string, children: readonly Child[]): Known<Document> =>
  known(
    {
      parents: Object.fromEntries(children.map(({ name }) => [name, node])),
      numbers: numbersOf(children),
    },
    LISTED,
  )
const bucketOf = ({ name }: Child): string => createHash('sha256').update(name).digest('hex').slice(0, 1)

function* nodeRows(node: string, children: readonly Child[]): Generator<Of<'entitlement'>> {
  const name = `What lies in ${node}`
  if (children.length <= CHILDREN_MAX) {
    if (children.length) yield row(node, name, documentOf(node, children))
    return
  }
  const buckets = [...groupBy(children, bucketOf)].sort(([a], [b]) => byText(a, b))
  for (const [bucket, some] of buckets)
    yield row(`${node}#${bucket}`, `${name}, part ${bucket}`, documentOf(node, some))
}

/** Of nodes that could not be listed there is no row: what lies in them is not known. */
export function* treeRows(tree: Pick<Tree, 'root' | 'projects' | 'below'>): Generator<Of<'entitlement'>> {
  if (isProject(tree.root)) {
    const [project] = tree.projects
    const numbers = project ? numbersOf([{ name: tree.root, project }]) : {}
    if (Object.keys(numbers).length)
      yield row(tree.root, `Number of ${tree.root}`, known({ parents: {}, numbers }, GOT))
    return
  }
  for (const [node, { folders, projects }] of [...tree.below].sort(([a], [b]) => byText(a, b))) {
    const children = [
      ...folders.map((name) => ({ name })),
      ...projects.map((project) => ({ name: projectName(project), project })),
    ]
    yield* nodeRows(
      node,
      children.sort((a, b) => byText(a.name, b.name)),
    )
  }
}

export const aboveId = (root: string): string => `gcp.tree:${root}/above`
/** Nothing is above an organisation, which needs no row to say so. */
export function* aboveRows({ root }: Tree, above: Known<string[]>): Generator<Of<'entitlement'>> {
  const [parent] = above.value
  if (parent === undefined) return
  const document = { parents: { [root]: parent }, numbers: {}, above: above.value }
  yield row(`${root}/above`, `What ${root} lies in`, known(document, above.source))
}
