// The members, each with what can be done about them.
import { ChevronDown } from 'lucide-react'
import type { MemberView } from '@/governance/members/list-members'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { DataTable, type Column } from '@/app/_list/data-table'
import { buttonClass } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'
import { UntilCell } from './until-cell'
import { setActive, setPassword, setRole } from './actions'

type Options = { value: string; title: string }[]

function ActiveForm({ member }: { member: MemberView }) {
  return (
    <ActionForm action={setActive} label={`Access of ${member.name}`} className="flex flex-col gap-2">
      <input type="hidden" name="userId" value={member.id} />
      <input type="hidden" name="active" value={String(member.active)} />
      <div>
        <Submit look={member.active ? 'danger' : 'plain'}>
          {member.active ? 'Deactivate' : 'Reactivate'}
        </Submit>
      </div>
    </ActionForm>
  )
}

function Manage({ member, roleOptions }: { member: MemberView; roleOptions: Options }) {
  const id = `member-${member.id}`
  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClass('plain', 'h-7 px-2')}>
        Manage <span className="sr-only">{member.name}</span>
        <ChevronDown size={13} aria-hidden />
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-24 left-1/2 z-50 m-0 w-96 max-w-[calc(100vw-24px)] -translate-x-1/2 flex-col gap-5 rounded-lg border border-hairline bg-raised p-4 text-left text-ui text-ink shadow-overlay open:flex"
      >
        <h2 className="text-section">{member.name}</h2>
        <ActionForm action={setRole} label={`Role of ${member.name}`} className="flex flex-col gap-2">
          <input type="hidden" name="userId" value={member.id} />
          <SelectField name="role" label="Role" defaultValue={member.role} options={roleOptions} />
          <div>
            <Submit look="plain">Change role</Submit>
          </div>
        </ActionForm>
        <ActionForm
          action={setPassword}
          label={`Password of ${member.name}`}
          resets
          className="flex flex-col gap-2"
        >
          <input type="hidden" name="userId" value={member.id} />
          <TextField
            name="password"
            label="New password"
            type="password"
            required
            minLength={12}
            autoComplete="new-password"
            hint="At least 12 characters. Their sessions end."
          />
          <div>
            <Submit look="plain">Set password</Submit>
          </div>
        </ActionForm>
        {!member.you && (
          <Link href={`/settings/members/${member.id}`} className="link">
            Until when, and what they see
          </Link>
        )}
        {!member.you && <ActiveForm member={member} />}
      </div>
    </>
  )
}

const columns = (roleOptions: Options): Column<MemberView>[] => [
  {
    key: 'name',
    title: 'Name',
    cell: (member) => (
      <span className="block">
        <span className="font-medium">{member.name}</span>
        {member.you && <span className="text-muted"> (you)</span>}
        <span className="block text-caption text-muted">{member.email}</span>
      </span>
    ),
  },
  {
    key: 'role',
    title: 'Role',
    cell: (member) => (
      <>
        <span className="inline-block first-letter:uppercase">{member.role}</span>
        {member.scopes && (
          <span className="block text-caption text-muted">
            within {member.scopes.length} {member.scopes.length === 1 ? 'scope' : 'scopes'}
          </span>
        )}
      </>
    ),
  },
  {
    key: 'state',
    title: 'State',
    cell: (member) =>
      !member.active ? (
        <StateWord tone="off">Deactivated</StateWord>
      ) : member.ended ? (
        <StateWord tone="off">Ended</StateWord>
      ) : (
        <StateWord tone="ok">Active</StateWord>
      ),
  },
  {
    key: 'in',
    title: 'Last signed in',
    cell: (member) =>
      member.lastSignInAt ? (
        <Moment at={member.lastSignInAt} />
      ) : (
        <span className="text-muted">No session</span>
      ),
  },
  { key: 'until', title: 'Access until', cell: (member) => <UntilCell member={member} /> },
  { key: 'since', title: 'Member since', cell: (member) => <Moment at={member.createdAt} /> },
  { key: 'manage', title: 'Actions', cell: (member) => <Manage member={member} roleOptions={roleOptions} /> },
]

export function MemberTable({ members, roleOptions }: { members: MemberView[]; roleOptions: Options }) {
  return (
    <DataTable
      caption="Members"
      columns={columns(roleOptions)}
      rows={members}
      rowKey={(member) => member.id}
      dimmed={(member) => !member.active || member.ended}
    />
  )
}
