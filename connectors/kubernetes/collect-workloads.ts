// Which workload runs as which service account: pods are followed to what keeps them running, and counted there.
import type { Stream, StreamAt } from '@/core/connector'
import type { Kind } from '@/core/observation'
import { gather, tryList } from './list'
import { boundTokens, workload } from './map-workload'
import { LIST } from './permissions'
import { placeOf } from './place'
import { Bare, ServiceAccount, type Metadata, type Owner } from './shapes'
import { Controller, CronJob, Pod } from './shapes-pods'
import { addPod, addSpec, newDraft, type Accounts, type Draft } from './workload-draft'
import type { z } from 'zod'

const KINDS = ['workload', 'credential'] as const satisfies readonly Kind[]
/** Controllers with a template, and what is between them and their pods. */
const TEMPLATED: readonly { kind: string; permission: string; item: z.ZodType<Controller>; via?: string }[] =
  [
    { kind: 'Deployment', permission: LIST.deployments, item: Controller, via: 'ReplicaSet' },
    { kind: 'StatefulSet', permission: LIST.statefulSets, item: Controller },
    { kind: 'DaemonSet', permission: LIST.daemonSets, item: Controller },
    { kind: 'CronJob', permission: LIST.cronJobs, item: CronJob, via: 'Job' },
  ]
/** A pod made by the agent of a node from a file is its own: the node only shows it. */
const NODE = 'Node'

export const workloads: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { params, uid } = placeOf(at.scope)
    const listed = await gather(at, {
      permission: LIST.serviceAccounts,
      params,
      item: ServiceAccount,
      kinds: KINDS,
    })
    if (listed.state !== 'known') return at.lacking(KINDS, listed)
    const accounts: Accounts = new Map(
      listed.value.map((account) => [`${account.metadata.namespace}/${account.metadata.name}`, account]),
    )
    const gathering = new Gathering(at, accounts)
    if (!(await gathering.read())) return
    for (const draft of gathering.whole()) {
      yield workload(draft, accounts, uid)
      yield* boundTokens(draft, accounts)
    }
  },
}

type Between = { kind: string; metadata: Metadata; owner: Owner | undefined }
const controllerOf = ({ ownerReferences }: { ownerReferences: readonly Owner[] }): Owner | undefined =>
  ownerReferences.find(({ controller }) => controller === true)

/** Exported for its counts: how many pods, where and of which images. */
export class Gathering {
  private readonly drafts = new Map<string, Draft>()
  private readonly between = new Map<string, Between>()
  /** Kinds that could not be seen whole: their rows stay as they are. */
  private readonly unseen = new Set<string>()
  private readonly params

  constructor(
    private readonly at: StreamAt,
    private readonly accounts: Accounts,
  ) {
    this.params = placeOf(at.scope).params
  }

  /** False where nothing can be said without the list that was refused. */
  async read(): Promise<boolean> {
    await this.readReplicaSets()
    await this.readJobs()
    for (const { kind, permission, item, via } of TEMPLATED) {
      if (!(await this.readTemplates(kind, permission, item)) || (via && this.unseen.has(via)))
        this.unseen.add(kind)
    }
    return this.readPods()
  }

  whole(): Draft[] {
    return [...this.drafts.values()]
      .filter(({ kind }) => !this.unseen.has(kind))
      .sort((a, b) => (a.uid < b.uid ? -1 : 1))
  }

  private async readReplicaSets(): Promise<void> {
    const kind = 'ReplicaSet'
    const listed = await tryList(this.at, this.listing(LIST.replicaSets, Bare))
    this.at.lacking(KINDS, listed)
    if (listed.state !== 'known') return void this.unseen.add(kind)
    for await (const { metadata } of listed.value)
      this.between.set(metadata.uid, { kind, metadata, owner: controllerOf(metadata) })
  }

  private async readJobs(): Promise<void> {
    const kind = 'Job'
    const listed = await tryList(this.at, this.listing(LIST.jobs, Controller))
    this.at.lacking(KINDS, listed)
    if (listed.state !== 'known') return void this.unseen.add(kind)
    for await (const { metadata, spec } of listed.value) {
      const owner = controllerOf(metadata)
      this.between.set(metadata.uid, { kind, metadata, owner })
      if (owner?.kind === 'CronJob') continue
      const draft = this.draft(kind, metadata.uid, metadata.namespace, metadata.name)
      draft.metadata = metadata
      addSpec(draft, spec.template.spec, this.accounts)
    }
  }

  private async readTemplates(
    kind: string,
    permission: string,
    item: z.ZodType<Controller>,
  ): Promise<boolean> {
    const listed = await tryList(this.at, this.listing(permission, item))
    this.at.lacking(KINDS, listed)
    if (listed.state !== 'known') return false
    for await (const { metadata, spec } of listed.value) {
      const draft = this.draft(kind, metadata.uid, metadata.namespace, metadata.name)
      draft.metadata = metadata
      addSpec(draft, spec.template.spec, this.accounts)
    }
    return true
  }

  private async readPods(): Promise<boolean> {
    const listed = await tryList(this.at, this.listing(LIST.pods, Pod))
    this.at.lacking(KINDS, listed)
    if (listed.state !== 'known') return false
    for await (const pod of listed.value) addPod(this.ownerOf(pod), pod.spec, this.accounts)
    return true
  }

  /** What keeps the pod running, as far up as a kind that is known here goes. */
  private ownerOf({ metadata }: Pod): Draft {
    const { uid, namespace, name } = metadata
    const owner = controllerOf(metadata)
    if (!owner || owner.kind === NODE) {
      const draft = this.draft('Pod', uid, namespace, name)
      draft.metadata = metadata
      return draft
    }
    const between = this.between.get(owner.uid)
    const above = between?.owner
    const isTop = TEMPLATED.some(({ kind, via }) => kind === above?.kind && via === between?.kind)
    const top = isTop && above ? above : owner
    const draft = this.draft(top.kind, top.uid, namespace, top.name)
    if (top === owner && between) draft.metadata ??= between.metadata
    return draft
  }

  private draft(kind: string, uid: string, namespace: string, name: string): Draft {
    const held = this.drafts.get(uid) ?? newDraft({ uid, kind, namespace, name })
    this.drafts.set(uid, held)
    return held
  }

  private listing<T>(permission: string, item: z.ZodType<T>) {
    return { permission, params: this.params, item, kinds: KINDS }
  }
}
