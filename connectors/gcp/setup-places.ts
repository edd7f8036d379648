// What the setup documents are for: the resources of the settings, and what a role there can hold.
import { IAM_PERMISSIONS } from './calls'
import type { GcpSettings } from './settings'

const SHAPE = /^(organizations|folders|projects)\/(.+)$/

export type Place = { kind: string; id: string; name: string }
/** What is to be read, or a stand-in for a person to fill in. */
export function placesOf({ resources }: Partial<GcpSettings>): Place[] {
  return (resources?.length ? resources : ['organizations/ORGANIZATION_NUMBER']).map((name) => {
    const [, kind = 'organizations', id = ''] = SHAPE.exec(name) ?? []
    return { kind, id, name }
  })
}
/** Of a custom role in a project: permissions on what is above it cannot be in it. */
const NOT_IN_PROJECTS =
  /^(resourcemanager\.(organizations|folders)\.|resourcemanager\.projects\.list$|iam\.principalaccessboundarypolicies\.)/

export const permissionsFor = ({ kind }: Place): string[] =>
  IAM_PERMISSIONS.map(({ name }) => name).filter((name) => kind !== 'projects' || !NOT_IN_PROJECTS.test(name))
