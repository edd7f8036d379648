// The hierarchy: folders and projects below what the settings name. Listing children asks for a permission on their parent and
// leaves nothing out; searching would show only what may be seen.
import { known, unknown, type Fact, type Known, type Unknown } from '@/core/fact'
import type { Asker } from './asker'
import type { CallName } from './calls'
import { Node, pageOf, Project } from './shapes'
import { byText } from './values'

export type Tree = {
  /** `organizations/1`, `folders/2` or `projects/shop`. */
  root: string
  name: string
  /** The root, where it is no project, and every folder below it. */
  nodes: string[]
  /** By their ids, in that order. */
  projects: Project[]
  /** The same by id and by number. */
  byName: Map<string, Project>
  /** Folders and organisation above each project, by its id. */
  above: Map<string, string[]>
  /** What lies directly in each node of which both lists came whole. */
  below: Map<string, { folders: readonly string[]; projects: readonly Project[] }>
  /** What the root lies in, or why that is not told. */
  parent: Known<string> | Unknown
  /** What could not be listed: projects that are not here may be there. */
  refusals: Unknown[]
}
const FOLDERS: CallName = 'resourcemanager.folders.list'
const PROJECTS: CallName = 'resourcemanager.projects.list'
export const PROJECT: CallName = 'resourcemanager.projects.get'
const FOLDER: CallName = 'resourcemanager.folders.get'
const FolderPage = pageOf('folders', Node)
const ProjectPage = pageOf('projects', Project)
/** Google Cloud nests folders ten deep. */
const DEPTH_MAX = 20

export const projectName = ({ projectId }: Project): string => `projects/${projectId}`
export const isWhole = ({ refusals }: Tree): boolean => refusals.length === 0
/** The project by its id or its number, whichever a name holds. */
export const projectNamed = ({ byName }: Tree, idOrNumber: string): Project | undefined =>
  byName.get(idOrNumber)
export const hasProject = ({ byName }: Tree, idOrNumber: string): boolean => byName.has(idOrNumber)

function add(tree: Tree, project: Project): void {
  tree.projects.push(project)
  tree.byName.set(project.projectId, project).set(project.number, project)
}

async function walk(asker: Asker, tree: Tree, path: readonly string[]): Promise<void> {
  const parent = path.at(-1) ?? tree.root
  tree.nodes.push(parent)
  const projects = await asker.list(PROJECTS, { parent }, ProjectPage)
  if (projects.state === 'unknown') tree.refusals.push(projects)
  if (projects.state === 'known')
    for (const project of projects.value) {
      add(tree, project)
      tree.above.set(project.projectId, [...path])
    }
  const folders = await asker.list(FOLDERS, { parent }, FolderPage)
  if (folders.state === 'unknown') tree.refusals.push(folders)
  if (folders.state !== 'known') return
  if (projects.state === 'known')
    tree.below.set(parent, { folders: folders.value.map(({ name }) => name), projects: projects.value })
  if (folders.value.length && path.length >= DEPTH_MAX)
    tree.refusals.push(unknown('limited', FOLDERS, `folders more than ${DEPTH_MAX} deep are not read`))
  else
    for (const name of folders.value.map((one) => one.name).sort(byText))
      await walk(asker, tree, [...path, name])
}

export const isProject = (root: string): boolean => root.startsWith('projects/')

const parentOf = (node: Fact<{ parent?: string | undefined }>, call: CallName): Known<string> | Unknown => {
  if (node.state === 'unknown') return node
  const parent = node.state === 'known' ? node.value.parent : undefined
  if (parent !== undefined) return known(parent, call)
  // Every folder lies in something; a project need not.
  return unknown(
    call === FOLDER ? 'malformed' : 'not-offered',
    call,
    'the answer does not say what it lies in',
  )
}

async function readRoot(asker: Asker, root: string): Promise<Pick<Tree, 'name' | 'parent'>> {
  const call: CallName = root.startsWith('folders/') ? FOLDER : 'resourcemanager.organizations.get'
  const node = await asker.ask(call, { name: root }, Node)
  const parent = parentOf(node, call)
  return { name: (node.state === 'known' && node.value.displayName) || root, parent }
}

/** What can be read of it: a part that is refused leaves the rest to be read. */
export async function readTree(asker: Asker, root: string): Promise<Tree> {
  const tree: Tree = {
    root,
    name: root,
    nodes: [],
    projects: [],
    byName: new Map(),
    above: new Map(),
    below: new Map(),
    parent: unknown('not-collected', PROJECT),
    refusals: [],
  }
  if (isProject(root)) {
    const project = await asker.ask(PROJECT, { name: root }, Project)
    if (project.state === 'known') {
      add(tree, project.value)
      const parent = parentOf(project, PROJECT)
      return { ...tree, root: projectName(project.value), name: project.value.projectId, parent }
    }
    if (project.state === 'unknown') tree.refusals.push(project)
    return tree
  }
  Object.assign(tree, await readRoot(asker, root))
  await walk(asker, tree, [root])
  tree.projects.sort((a, b) => byText(a.projectId, b.projectId))
  return tree
}

/**
 * The folders above the root, up to the organisation. A project that lies in nothing at all looks like one of which that is
 * not told: that there is nothing above it is never said.
 */
export async function aboveRoot(asker: Asker, { parent }: Tree): Promise<Known<string[]> | Unknown> {
  const above: string[] = []
  let at = parent
  while (at.state === 'known' && above.length < DEPTH_MAX) {
    above.push(at.value)
    if (at.value.startsWith('organizations/')) return known(above, at.source)
    at = parentOf(await asker.ask(FOLDER, { name: at.value }, Node), FOLDER)
  }
  return at.state === 'unknown' ? at : unknown('limited', FOLDER, `more than ${DEPTH_MAX} folders above it`)
}

/** `gcp:<root>` answers for the whole, `gcp-project:<id>` for each project that was seen in it. */
export const projectAuthority = (project: string): string => `gcp-project:${project}`
