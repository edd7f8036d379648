// Every platform whose rights can be judged.
import type { Platform, Realm } from '@/core/access'
import { aws } from './aws-iam/platform'
import { azure } from './azure'
import { gcp } from './gcp'
import { kubernetes } from './kubernetes'
import { spire } from './spire'
import { vaultPlatform } from './vault/platform'

export const PLATFORMS: readonly Platform[] = [aws, azure, gcp, kubernetes, spire, vaultPlatform]

/** Whose type it is, or in whose language its documents are; undefined where nobody can judge what is held there. */
export function platformOf(
  { type, principals, rulings }: Pick<Realm, 'type' | 'principals' | 'rulings'>,
  platforms: readonly Platform[] = PLATFORMS,
): Platform | undefined {
  const own = platforms.find(({ realms }) => realms.includes(type))
  if (own) return own
  const speaks = (language: string) => platforms.find(({ languages }) => languages.includes(language))
  for (const { language } of rulings) if (speaks(language)) return speaks(language)
  for (const { held } of principals)
    for (const { language } of held) if (speaks(language)) return speaks(language)
  return undefined
}
