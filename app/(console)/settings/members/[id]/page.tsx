// Until when one member has access, and what of it: changed here.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { listMembers, type MemberView } from '@/governance/members/list-members'
import { scopesToSee } from '@/governance/members/list-scopes'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { setLimits } from '../actions'
import { LimitFields } from '../limit-fields'
import { UntilCell } from '../until-cell'

export const metadata: Metadata = { title: 'Access of a member' }

/** Its last day is the one before the instant at which it ends. */
const lastDay = (until: string | undefined) =>
  until && new Date(Date.parse(until) - 1).toISOString().slice(0, 10)

function Now({ member }: { member: MemberView }) {
  const { scopes } = member
  return (
    <dl className="mb-5 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
      <dt className="text-muted">Role</dt>
      <dd className="first-letter:uppercase">{member.role}</dd>
      <dt className="text-muted">Access until</dt>
      <dd>
        <UntilCell member={member} />
      </dd>
      <dt className="text-muted">Sees</dt>
      <dd>
        {!scopes
          ? 'All that the role may see'
          : scopes.length
            ? `${scopes.map(({ name }) => name).join(', ')}, and nothing else`
            : 'Nothing: the scopes that it was limited to are not there any more'}
      </dd>
    </dl>
  )
}

export default async function MemberPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('member:manage')
  const { id } = await params
  const [members, { rows, more }] = await Promise.all([listMembers(actor), scopesToSee(actor)])
  const member = members.find((one) => one.id === id)
  if (!member) notFound()
  return (
    <Page
      title={`Access of ${member.name}`}
      crumbs={[
        { title: 'Settings', href: '/settings/appearance' },
        { title: 'Members', href: '/settings/members' },
      ]}
      narrow
    >
      <Now member={member} />
      {member.you ? (
        <Notice tone="info" title="Nobody limits their own access">
          Another administrator can.
        </Notice>
      ) : (
        <Section
          id="limits"
          title="Change it"
          lead="It holds from their next request on, for their tokens too. After the last day they can neither sign in nor use a token."
        >
          <ActionForm
            action={setLimits}
            label={`Access of ${member.name}`}
            className="flex max-w-120 flex-col gap-4"
          >
            <input type="hidden" name="userId" value={member.id} />
            <LimitFields
              scopes={rows}
              more={more}
              isAuditor={member.role === 'auditor'}
              held={{
                ...(member.until && { day: lastDay(member.until) }),
                scopes: member.scopes?.map((scope) => scope.id) ?? [],
              }}
            />
            <div>
              <Submit busy="Saving…">Save</Submit>
            </div>
          </ActionForm>
        </Section>
      )}
    </Page>
  )
}
