// ECS services of every region that is on, and the roles of their tasks. The role is in the task definition, which holds
// environment variables too: of them only the names are looked at.
import { mapFact, unknown, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { Session } from '@/core/session'
import { Asker } from './asker'
import { serviceWorkload } from './map-workload'
import { following, tokenPageOf } from './page'
import type { WorkloadPermissionName } from './permissions'
import { KINDS, roleWorkloads, type RegionOfWorkloads } from './role-workloads'
import {
  ClusterArn,
  ServiceArn,
  ServicesAnswer,
  TaskDefinitionAnswer,
  type Service,
  type TaskDefinition,
} from './shapes-workloads'

const CLUSTERS = 'ecs:ListClusters' satisfies WorkloadPermissionName
const SERVICES = 'ecs:ListServices' satisfies WorkloadPermissionName
const SERVICE = 'ecs:DescribeServices' satisfies WorkloadPermissionName
const DEFINITION = 'ecs:DescribeTaskDefinition' satisfies WorkloadPermissionName
const PAGES = {
  clusters: tokenPageOf('clusterArns', 'nextToken', ClusterArn),
  services: tokenPageOf('serviceArns', 'nextToken', ServiceArn),
}
const PAGE = 100
/** So many services are described at a time. */
const DESCRIBED_MAX = 10
const GONE = ['ClusterNotFoundException']
/** What ECS says of a service that is gone, and the state of one that is kept for a while after its end. */
const MISSING = 'MISSING'
const ENDED = 'INACTIVE'

type Reading = RegionOfWorkloads & { definitions: Definitions }

/** Services share task definitions, and each is asked for once. */
class Definitions {
  private readonly read = new Map<string, Promise<Fact<TaskDefinition>>>()
  private readonly asker: Asker

  constructor(
    session: Session,
    private readonly region: string,
  ) {
    this.asker = new Asker(session, DEFINITION, [])
  }

  of(taskDefinition: string): Promise<Fact<TaskDefinition>> {
    const found = this.read.get(taskDefinition) ?? this.ask(taskDefinition)
    this.read.set(taskDefinition, found)
    return found
  }

  private async ask(taskDefinition: string): Promise<Fact<TaskDefinition>> {
    const fact = await this.asker.ask({ region: this.region, taskDefinition }, TaskDefinitionAnswer)
    return mapFact(fact, (answer) => answer.taskDefinition)
  }
}

export const ecsServices = roleWorkloads({
  service: 'ecs',
  read: (at) => readRegion({ ...at, definitions: new Definitions(at.look.at.session, at.region) }),
})

async function* readRegion(reading: Reading): AsyncGenerator<Observation> {
  const { look, region, lack } = reading
  const listed = await look.at.session.gather(CLUSTERS, { region, maxResults: PAGE }, PAGES.clusters, {
    next: following,
  })
  if (listed.state !== 'known') return lack(listed)
  for (const cluster of listed.value.flatMap(({ items }) => items).sort())
    yield* readCluster(reading, cluster)
}

async function* readCluster(reading: Reading, cluster: string): AsyncGenerator<Observation> {
  const { look, region, lack } = reading
  const { session } = look.at
  const params = { region, cluster, maxResults: PAGE }
  const listed = await session.gather(SERVICES, params, PAGES.services, { next: following })
  if (listed.state !== 'known') return lack(listed)
  const arns = listed.value.flatMap(({ items }) => items).sort()
  for (let at = 0; at < arns.length; at += DESCRIBED_MAX) {
    const services = arns.slice(at, at + DESCRIBED_MAX)
    const described = await session.ask(SERVICE, { region, cluster, services }, ServicesAnswer, {
      absentOn: GONE,
    })
    lack(described)
    if (described.state !== 'known') continue
    const { services: found, failures } = described.value
    const missing = failures.filter(({ reason }) => reason === MISSING)
    if (found.length + missing.length < services.length)
      lack(unknown('malformed', SERVICE, 'not every service was described.'))
    for (const service of found) if (service.status !== ENDED) yield* readService(reading, service)
  }
}

async function* readService(
  { look, roles, lack, definitions }: Reading,
  service: Service,
): AsyncGenerator<Observation> {
  const named = [service.taskDefinition, ...service.taskSets.map(({ taskDefinition }) => taskDefinition)]
  const held: TaskDefinition[] = []
  for (const name of new Set(named)) {
    if (!name) continue
    const definition = await definitions.of(name)
    // Without its role it would seem to run as none.
    if (definition.state !== 'known') return lack(definition)
    held.push(definition.value)
  }
  const ids = await roles()
  if (ids.state !== 'known') return look.at.lacking(KINDS, ids)
  yield serviceWorkload(
    service,
    { definitions: held, ids: ids.value },
    { source: SERVICE, defined: DEFINITION },
  )
}
