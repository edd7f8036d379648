// Everything that what is told of a principal rests on: what it holds, what is known of everybody, and what its ways ask of others.
import type { Rests } from '@/core/access'
import { frameOf, named, ownParts } from '../rests'
import type { AwsAccess } from './aws-access'
import { consultedFor, OthersHeld, Trusted } from './seam'

export class RestsOn {
  private frame: object | undefined
  private trusted: Trusted | undefined
  private readonly others: OthersHeld

  constructor(private readonly access: AwsAccess) {
    this.others = new OthersHeld(access)
  }

  /** Undefined where it is not of this realm. */
  of(id: string): Rests | undefined {
    const subject = this.access.subject(id)
    if (!subject) return undefined
    this.frame ??= frameOf(this.access.realm, named)
    this.trusted ??= new Trusted(this.access)
    const others = [...consultedFor(subject.holding)].map((one) => this.others.of(one))
    return [...ownParts(subject.principal), this.frame, ...this.trusted.for(subject), ...others]
  }
}
