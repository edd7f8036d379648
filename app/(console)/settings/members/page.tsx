// Who has an account, with which role.
import type { Metadata } from 'next'
import { ROLES, ROLE_TITLES } from '@/core/permissions'
import { scopesToSee } from '@/governance/members/list-scopes'
import { listMembers } from '@/governance/members/list-members'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { addMember } from './actions'
import { LimitFields } from './limit-fields'
import { MemberTable } from './member-table'

export const metadata: Metadata = { title: 'Members' }

const roleOptions = ROLES.map((role) => ({
  value: role,
  title: role.charAt(0).toUpperCase() + role.slice(1),
}))

function Roles() {
  return (
    <Section id="roles" title="What the roles may do">
      <dl className="flex flex-col gap-2">
        {ROLES.map((role) => (
          <div key={role}>
            <dt className="font-medium first-letter:uppercase">{role}</dt>
            <dd className="text-muted">{ROLE_TITLES[role]}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

export default async function MembersPage() {
  const actor = await requireActor('member:manage')
  const [members, { rows, more }] = await Promise.all([listMembers(actor), scopesToSee(actor)])
  return (
    <Page
      title="Members"
      crumbs={[{ title: 'Settings', href: '/settings/appearance' }]}
      aside={`${members.length}`}
    >
      <MemberTable members={members} roleOptions={roleOptions} />
      <div className="mt-8 grid gap-x-10 gap-y-8 lg:grid-cols-2 [&>*]:min-w-0 [&>section]:mt-0">
        <Section
          id="add"
          title="Add a member"
          lead="No mail is sent: tell them the password on another way; they can change it."
        >
          <ActionForm
            action={addMember}
            label="Add a member"
            resets
            className="flex max-w-104 flex-col gap-4"
          >
            <TextField name="name" label="Name" required autoComplete="off" />
            <TextField
              name="email"
              label="E-mail"
              type="email"
              required
              autoComplete="off"
              autoCapitalize="none"
            />
            <SelectField name="role" label="Role" defaultValue="auditor" options={roleOptions} />
            <LimitFields scopes={rows} more={more} isAuditor />
            <TextField
              name="password"
              label="Password"
              type="password"
              required
              minLength={12}
              autoComplete="new-password"
              hint="At least 12 characters."
            />
            <div>
              <Submit busy="Adding…">Add member</Submit>
            </div>
          </ActionForm>
        </Section>
        <Roles />
      </div>
    </Page>
  )
}
