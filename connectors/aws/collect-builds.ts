// CodeBuild projects of every region that is on, and the role their builds run as. The answer holds their environment
// variables, of which only the names, and where the values come from, are looked at.
import { unknown } from '@/core/fact'
import { projectWorkload } from './map-workload'
import { following, tokenPageOf } from './page'
import type { WorkloadPermissionName } from './permissions'
import { roleWorkloads, withRoles } from './role-workloads'
import { ProjectName, ProjectsAnswer } from './shapes-workloads'

const LIST = 'codebuild:ListProjects' satisfies WorkloadPermissionName
const DESCRIBE = 'codebuild:BatchGetProjects' satisfies WorkloadPermissionName
const NamePage = tokenPageOf('projects', 'nextToken', ProjectName)
/** So many projects are described at a time. */
const DESCRIBED_MAX = 100

export const buildProjects = roleWorkloads({
  service: 'codebuild',
  async *read(at) {
    const { region, lack, look } = at
    const { session } = look.at
    const listed = await session.gather(LIST, { region }, NamePage, { next: following })
    if (listed.state !== 'known') return lack(listed)
    const all = listed.value.flatMap(({ items }) => items).sort()
    for (let from = 0; from < all.length; from += DESCRIBED_MAX) {
      const names = all.slice(from, from + DESCRIBED_MAX)
      const described = await session.ask(DESCRIBE, { region, names }, ProjectsAnswer)
      lack(described)
      if (described.state !== 'known') continue
      const { projects, projectsNotFound } = described.value
      if (projects.length + projectsNotFound.length < names.length)
        lack(unknown('malformed', DESCRIBE, 'not every project was described.'))
      yield* withRoles(at, projects, (one, ids) => projectWorkload(one, ids, DESCRIBE))
    }
  },
})
