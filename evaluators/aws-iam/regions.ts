// Regions of AWS: where a service answers, which ones a caller can choose, and which of them conditions tell apart.
import { judgeConditions, type Condition } from './conditions'
import { contextOf, type Context } from './context-keys'

export const REGION = 'aws:requestedregion'

const named = (text: string): readonly string[] => text.split(' ')
/** On in every account. Source: Account management guide, "Enable or disable AWS Regions in your account". */
const ON: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'aws',
    named(
      'us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1',
    ),
  ],
  ['aws-cn', named('cn-north-1 cn-northwest-1')],
  ['aws-us-gov', named('us-gov-west-1 us-gov-east-1')],
])
/** Those that an account has to turn on first. Source: as above. */
const TO_TURN_ON = named(
  'af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1',
)
/** By how regions are named; undefined for what is no name of one. */
function partitionOf(text: string): string | undefined {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(text)) return undefined
  const special = /^(?:(cn)|us-(gov|iso[a-z]?)|eu-(isoe))-/.exec(text)?.slice(1).find(Boolean)
  return special === undefined ? 'aws' : special === 'gov' ? 'aws-us-gov' : `aws-${special}`
}

/**
 * Services that answer in one region only, by the prefix of their actions. Source: IAM user guide, "AWS: Denies access to
 * AWS based on the requested Region", and the endpoints of the services in the AWS general reference.
 */
const EAST = new Set(
  named(
    'account artifact aws-portal billing budgets ce cloudfront consolidatedbilling cur health iam importexport invoicing organizations payments route53 route53domains savingsplans shield support tax trustedadvisor waf',
  ),
)
const WEST = new Set(named('chatbot devicefarm globalaccelerator networkmanager'))
const HOME: Readonly<Record<string, string>> = { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' }

/** The one region in which a service answers; undefined where the caller chooses. */
export function homeOf(service: string, partition: string): string | undefined {
  if (EAST.has(service)) return HOME[partition] ?? 'us-east-1'
  return WEST.has(service) && partition === 'aws' ? 'us-west-2' : undefined
}

/** Regions that no condition tells apart; `on`: one that the account certainly has. */
export type Regions = { names: readonly string[]; sample: string; on: boolean }

export const turnedOn = (region: string): string =>
  `Whether the region ${region} is turned on in the account was not seen`

export const isRegional = ({ key }: Condition): boolean => key === REGION

/**
 * Every region a caller can choose, put together by what the conditions say of it. Names that look like one count, for
 * AWS makes new ones. None for a partition whose regions are not known here.
 * @param seen regions in which the account has something
 */
export function regionsBy(
  conditions: readonly Condition[],
  partition: string,
  seen: ReadonlySet<string>,
  context: Context,
): Regions[] {
  const on = ON.get(partition)
  if (!on) return []
  const told = conditions.flatMap(({ values }) => values.map(({ raw }) => raw))
  const others = partition === 'aws' ? TO_TURN_ON : []
  const all = new Set([...on, ...others, ...told.filter((one) => partitionOf(one) === partition)])
  const lines = [...new Set(conditions)]
  const groups = new Map<string, string[]>()
  for (const region of all) {
    const asked = contextOf({ [REGION]: region }, context)
    const key = lines.map((line) => judgeConditions([line], asked).value).join()
    const same = groups.get(key)
    if (same) same.push(region)
    else groups.set(key, [region])
  }
  return [...groups.values()].map((names) => {
    const certain = names.find((name) => seen.has(name)) ?? names.find((name) => on.includes(name))
    return { names, sample: certain ?? names[0] ?? '', on: certain !== undefined }
  })
}
