// Questions about access: what somebody may do, who can become them, how far that reaches, by which ways, where these can be
// cut, and what of it is not used.
import type { Metadata } from 'next'
import type { ReactElement } from 'react'
import type { Actor } from '@/core/permissions'
import { chokePoints } from '@/governance/access/choke-points/choke-points'
import { ChokePointsQuestion } from '@/governance/access/choke-points/input'
import { can } from '@/governance/access/questions/can'
import { examples } from '@/governance/access/questions/examples'
import { BecomeQuestion, CanQuestion, PathQuestion, ReachQuestion } from '@/governance/access/questions/input'
import { paths, reach, whoCanBecome } from '@/governance/access/questions/reach'
import { UnusedQuestion } from '@/governance/access/unused/input'
import { unused } from '@/governance/access/unused/unused'
import type { QuestionName } from '@/app/_access/address'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Page } from '@/app/_ui/page'
import { ask, isAsked, readAsked, type Asked, type Outcome, type Refused } from './asked'
import { BecomeView, becomeOutcome } from './become-answer'
import { CanView, canOutcome } from './can-answer'
import { CutView, cutOutcome } from './cut-answer'
import { ExampleQuestions } from './examples'
import { QuestionForm } from './forms'
import { QuestionNav, QUESTION_TITLES } from './question-nav'
import { ReachView, reachOutcome } from './reach-answer'
import { RefusedNotice } from './refused'
import { UnusedView, unusedOutcome } from './unused-answer'
import { WaysView, waysOutcome } from './ways-answer'

export async function generateMetadata({ searchParams }: SearchProps): Promise<Metadata> {
  await requireActor('access:read')
  const { question } = readAsked(await searchParams)
  return { title: `${QUESTION_TITLES[question]} · Access` }
}

type Shown = { view: ReactElement; outcome: string } | { refused: Refused }
function shown<A>(
  told: Outcome<A>,
  view: (answer: A) => ReactElement,
  outcome: (answer: A) => string,
): Shown {
  if ('refused' in told) return told
  return { view: view(told.answer), outcome: outcome(told.answer) }
}

type Own = Asked['fields']
const SHOW: Record<QuestionName, (actor: Actor, own: Own, drawn: Own) => Promise<Shown>> = {
  can: async (actor, own) =>
    shown(
      await ask(CanQuestion, own, (asked) => can(actor, asked)),
      (answer) => <CanView answer={answer} />,
      canOutcome,
    ),
  become: async (actor, own) =>
    shown(
      await ask(BecomeQuestion, own, (asked) => whoCanBecome(actor, asked)),
      (answer) => <BecomeView answer={answer} fields={own} />,
      becomeOutcome,
    ),
  reach: async (actor, own, drawn) =>
    shown(
      await ask(ReachQuestion, own, (asked) => reach(actor, asked)),
      (answer) => <ReachView answer={answer} fields={drawn} />,
      reachOutcome,
    ),
  ways: async (actor, own, drawn) =>
    shown(
      await ask(PathQuestion, own, (asked) => paths(actor, asked)),
      (answer) => <WaysView answer={answer} fields={drawn} />,
      waysOutcome,
    ),
  cut: async (actor, own) =>
    shown(
      await ask(ChokePointsQuestion, own, (asked) => chokePoints(actor, asked)),
      (answer) => <CutView answer={answer} fields={own} />,
      cutOutcome,
    ),
  unused: async (actor, own) =>
    shown(
      await ask(UnusedQuestion, own, (asked) => unused(actor, asked)),
      (answer) => <UnusedView answer={answer} fields={own} />,
      unusedOutcome,
    ),
}

function answered(actor: Actor, { question, fields }: Asked): Promise<Shown> {
  const { view, ...own } = fields
  return SHOW[question](actor, own, { ...own, ...(view === 'graph' && { view }) })
}

export default async function AccessPage({ searchParams }: SearchProps) {
  const actor = await requireActor('access:read')
  const asked = readAsked(await searchParams)
  const told = isAsked(asked) ? await answered(actor, asked) : undefined
  const refused = told && 'refused' in told ? told.refused : undefined
  const view = told && 'view' in told ? told.view : undefined
  return (
    <Page
      title="Access"
      lead="Who may do what, who can become whom, and how far that reaches: judged over all sources, from what was read."
    >
      <QuestionNav asked={asked} />
      <QuestionForm
        {...{ asked, refused }}
        outcome={told && ('view' in told ? told.outcome : told.refused.message)}
      />
      {refused && <RefusedNotice {...{ asked, refused }} />}
      {view ?? <ExampleQuestions actor={actor} question={asked.question} examples={await examples(actor)} />}
    </Page>
  )
}
