// The hierarchy: folders and projects below what the settings name. Listing children asks for a permission on their parent and
// leaves nothing out; searching would show only what may be seen.
import { unknown, type Unknown } from '@/core/fact'
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
  /** What could not be listed: projects that are not here may be there. */
  refusals: Unknown[]
}
const FOLDERS: CallName = 'resourcemanager.folders.list'
const PROJECTS: CallName = 'resourcemanager.projects.list'
export const PROJECT: CallName = 'resourcemanager.projects.get'
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
  if (folders.value.length && path.length >= DEPTH_MAX)
    tree.refusals.push(unknown('limited', FOLDERS, `folders more than ${DEPTH_MAX} deep are not read`))
  else
    for (const name of folders.value.map((one) => one.name).sort(byText))
      await walk(asker, tree, [...path, name])
}

export const isProject = (root: string): boolean => root.startsWith('projects/')

async function nameOf(asker: Asker, root: string): Promise<string> {
  const call: CallName = root.startsWith('folders/')
    ? 'resourcemanager.folders.get'
    : 'resourcemanager.organizations.get'
  const node = await asker.ask(call, { name: root }, Node)
  return (node.state === 'known' && node.value.displayName) || root
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
    refusals: [],
  }
  if (isProject(root)) {
    const project = await asker.ask(PROJECT, { name: root }, Project)
    if (project.state === 'known') {
      add(tree, project.value)
      return { ...tree, root: projectName(project.value), name: project.value.projectId }
    }
    if (project.state === 'unknown') tree.refusals.push(project)
    return tree
  }
  tree.name = await nameOf(asker, root)
  await walk(asker, tree, [root])
  tree.projects.sort((a, b) => byText(a.projectId, b.projectId))
  return tree
}

/** `gcp:<root>` answers for the whole, `gcp-project:<id>` for each project that was seen in it. */
export const projectAuthority = (project: string): string => `gcp-project:${project}`
