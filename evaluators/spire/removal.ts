// How a name of workloads or nodes loses its entries, and an agent is shut out, by the command line of the server.
// Source: spiffe.io/docs/latest/deploying/spire_server, “spire-server entry” and “spire-server agent”.
import { leftOut, type Act, type DraftPlan, type Removable, type Remover } from '../removal'
import { shell } from '../shell'

const shown = (entry: string): Act => ({
  does: `Shows the entry ${entry}, to be kept: what was shown is what makes it again`,
  run: shell`spire-server entry show -entryID=${entry}`,
})

/** An entry cannot be turned off: it is there or it is not. */
function removeEntries({ trust }: Removable): DraftPlan {
  return {
    off: trust.map(shown),
    back: [],
    end: trust.map((entry) => ({
      does: `Deletes the entry ${entry}`,
      run: shell`spire-server entry delete -entryID=${entry}`,
    })),
    terraform: [
      'Where entries are made by a controller or from a file, such as ClusterSPIFFEID objects, take them out there: it makes them again otherwise.',
    ],
    notes: [
      'An entry cannot be turned off for a time. Delete one first, and the others once nothing has failed.',
      'What was issued stays valid until it ends, for an hour as a rule.',
      ...(trust.length ? [] : ['No entry of it was seen: there is nothing to delete by its id.']),
    ],
  }
}

function removeAgent({ identity }: Removable): DraftPlan {
  return {
    off: [
      {
        does: 'Bans it: it gets nothing any more, and cannot attest again',
        run: shell`spire-server agent ban -spiffeID=${identity.id}`,
      },
    ],
    back: [
      {
        does: 'Evicts it, which ends the ban: it attests again by itself',
        run: shell`spire-server agent evict -spiffeID=${identity.id}`,
      },
    ],
    end: [
      {
        does: 'Evicts it for good, once its node is gone: as long as the node is there it attests again',
        run: shell`spire-server agent evict -spiffeID=${identity.id}`,
      },
    ],
    terraform: [],
    notes: ['Entries that have it as their parent give nothing any more, and stay: delete them as well.'],
  }
}

/** An update replaces the whole entry, of which not all is known here. */
function reduce({ drops }: Removable): DraftPlan {
  const entries = [...new Set(drops.flatMap(({ viaName }) => viaName ?? []))]
  return {
    off: entries.map(shown),
    back: [],
    end: [],
    terraform: [],
    notes: [
      'A right is taken away by spire-server entry update, which replaces the whole entry: give it all that was shown, without -admin or -downstream.',
      ...leftOut(
        drops.filter(({ viaName }) => viaName === undefined),
        'which entry gives it was not seen.',
      ),
    ],
  }
}

export const spireRemover: Remover = {
  types: ['spire.workload', 'spire.node-alias', 'spire.agent'],
  remove: (known) => (known.identity.type === 'spire.agent' ? removeAgent(known) : removeEntries(known)),
  reduce,
}
