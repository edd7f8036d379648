// The permissions used are the permissions declared: none unnamed, not even when another fails, and none too many.
import { holds, type Law } from '../law'

export const leastPrivilege: Law = async (study) => {
  const declared = study.connector.manifest.permissions.map(({ name }) => name)
  const { calls } = await study.calm()
  const inTrouble = (await study.faults()).flatMap(({ run }) => run?.calls ?? [])
  const undeclared = [...calls, ...inTrouble].find(({ permission }) => !declared.includes(permission))
  holds(!undeclared, 'least-privilege', `${undeclared?.permission} is used and not declared in the manifest`)
  const used = new Set(calls.map(({ permission }) => permission))
  const unused = declared.filter((name) => !used.has(name))
  holds(!unused.length, 'least-privilege', `declared in the manifest and never used: ${unused.join(', ')}`)
}
